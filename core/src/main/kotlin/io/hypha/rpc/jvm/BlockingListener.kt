package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import kotlinx.coroutines.runInterruptible

/** Hears of something; may block its thread and throw anything. */
@InternalHyphaApi
public fun interface BlockingListener<T> {
    /** Hears of [value]. The thread is interrupted when that is of no use any more. */
    @Throws(Exception::class)
    public fun hear(value: T)

    /** The same as a suspending function, which runs it where [execution] says. */
    public fun suspending(execution: JavaExecution): suspend (T) -> Unit =
        { value ->
            runInterruptible(execution.dispatcher) { hear(value) }
        }
}
