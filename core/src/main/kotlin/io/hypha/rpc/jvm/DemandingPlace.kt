package io.hypha.rpc.jvm

import io.hypha.rpc.call.CallDispatcher
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Runnable
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext

/** Where somebody waits for an item of a stream: whoever waits for the last one does the work for it, on any thread if there is nobody. */
internal class DemandingPlace :
    CoroutineDispatcher(),
    CallDispatcher {
    @Volatile
    private var followed: CoroutineDispatcher? = null

    /** Goes on where [demander] runs, if that is said; else on whatever thread resumes it. */
    fun follow(demander: ContinuationInterceptor?) {
        followed = demander as? CoroutineDispatcher
    }

    override fun isDispatchNeeded(context: CoroutineContext): Boolean = followed?.isDispatchNeeded(context) ?: false

    override fun dispatch(
        context: CoroutineContext,
        block: Runnable,
    ) = (followed ?: Dispatchers.Default).dispatch(context, block)

    override suspend fun enter(): Boolean = (followed as? CallDispatcher)?.enter() ?: false
}
