package io.hypha.rpc.jvm

import io.hypha.rpc.call.CallDispatcher
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Runnable
import kotlinx.coroutines.yield
import kotlin.coroutines.CoroutineContext

/**
 * Coroutines that make and serve the calls of Java programs, on the threads on which the code of these programs runs: it needs no other
 * thread then. Coroutines do not block here but in [BlockingThread.blocking].
 */
internal object OwnDispatcher : CoroutineDispatcher(), CallDispatcher {
    override fun dispatch(
        context: CoroutineContext,
        block: Runnable,
    ) = ownThreads.executeQuick(block)

    /** A coroutine begins on the thread of whoever calls, and leaves it to those of the library. */
    override suspend fun enter(): Boolean {
        if (!BlockingThread.isCurrent()) yield()
        return true
    }
}
