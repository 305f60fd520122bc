package io.hypha.rpc.jvm

import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

/**
 * The future of a call, and those that are made of it. Whoever waits for one in a handler waits in a blocking call, as far as executors
 * and callbacks are concerned.
 *
 * @param endCall ends the running call, when this future ends in any other way: by [cancel], or a time-out of the user's.
 */
internal class ExecutionFuture<T>(
    private val endCall: (() -> Unit)?,
) : CompletableFuture<T>() {
    /** The outcome of the call. */
    fun settle(
        value: T?,
        failure: Throwable?,
    ) {
        @Suppress("UNCHECKED_CAST") // A value that is null is of the type when there is no failure.
        if (failure == null) super.complete(value as T) else super.completeExceptionally(failure)
    }

    override fun complete(value: T): Boolean = super.complete(value).also { if (it) end() }

    override fun completeExceptionally(failure: Throwable): Boolean = super.completeExceptionally(failure).also { if (it) end() }

    override fun cancel(mayInterruptIfRunning: Boolean): Boolean = super.cancel(mayInterruptIfRunning).also { end() }

    private fun end() {
        endCall?.invoke()
    }

    override fun get(): T = if (isDone) super.get() else Waits.during { super.get() }

    override fun get(
        timeout: Long,
        unit: TimeUnit,
    ): T = if (isDone) super.get(timeout, unit) else Waits.during { super.get(timeout, unit) }

    override fun join(): T = if (isDone) super.join() else Waits.during { super.join() }

    override fun <U> newIncompleteFuture(): CompletableFuture<U> = ExecutionFuture(null)
}
