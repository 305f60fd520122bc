package io.hypha.rpc.jvm

import io.hypha.rpc.call.BegunElsewhere
import kotlinx.coroutines.AbstractCoroutine
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.InternalCoroutinesApi
import java.util.concurrent.CompletableFuture

/** A call on threads of the library, which complete its [future]: what depends on that may block. */
@OptIn(InternalCoroutinesApi::class)
internal class FutureCall<T>(
    dispatcher: CoroutineDispatcher,
) : AbstractCoroutine<T>(dispatcher + BegunElsewhere, initParentJob = false, active = true) {
    private val result = ExecutionFuture<T>(this::cancelQuietly)

    /** Its outcome. Cancelling it, or completing it in any other way, cancels the call. */
    val future: CompletableFuture<T> get() = result

    override fun onCompleted(value: T) {
        BlockingThread.blocking { result.settle(value, null) }
    }

    override fun onCancelled(
        cause: Throwable,
        handled: Boolean,
    ) {
        BlockingThread.blocking { result.settle(null, cause) }
    }

    private fun cancelQuietly() {
        cancel(null)
    }
}
