package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.runInterruptible
import java.util.concurrent.ExecutionException

/** Hears of something; may block its thread and throw anything. */
@InternalHyphaApi
public fun interface BlockingListener<T> {
    /** Hears of [value]. The thread is interrupted when that is of no use any more. */
    @Throws(Exception::class)
    public fun hear(value: T)

    /**
     * The same as a suspending function, which runs it where [execution] says. A cancellation that comes out of it, such as that of a
     * future which it waited for, is a failure of it like any other: only that of the caller ends in silence.
     */
    public fun suspending(execution: JavaExecution): suspend (T) -> Unit =
        { value ->
            try {
                runInterruptible(execution.dispatcher) { hear(value) }
            } catch (e: CancellationException) {
                currentCoroutineContext().ensureActive()
                throw ExecutionException("it was cancelled: ${e.message}", e)
            }
        }
}
