package io.hypha.rpc.jvm

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.InternalHyphaApi
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.future.future
import java.util.concurrent.CancellationException
import java.util.concurrent.CompletableFuture
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

/** Suspending functions for callers that cannot suspend. */
@InternalHyphaApi
public object Blocking {
    /**
     * Starts [call] and returns its outcome. Cancelling the future cancels the call. The call begins on the thread of the caller and
     * continues where it is resumed: it must not compute or block, which those of a connection do not.
     */
    @JvmStatic
    public fun <T> future(call: Suspending<T>): CompletableFuture<T> =
        CoroutineScope(Dispatchers.Unconfined).future {
            suspendCoroutineUninterceptedOrReturn { continuation -> call.start(continuation) }
        }

    /**
     * Waits for [call]. What it throws is thrown as it is, with the place of the wait added as a suppressed exception: its own trace
     * ends in a thread of the connection. The end of the connection is thrown as a new exception with the same message.
     *
     * @throws IllegalStateException on a thread that must not wait; nothing was sent.
     * @throws CancellationException when the thread is interrupted, before or while it waits; the call is cancelled, and the thread
     * stays interrupted.
     */
    @JvmStatic
    public fun <T> await(call: Suspending<T>): T {
        // Nothing is sent on behalf of a thread that was told to stop.
        if (Thread.currentThread().isInterrupted) throw interrupted()
        return Waits.during { outcomeOf(call) }
    }

    /** The thread does for the call what there is to do, so that it needs no other one. */
    @OptIn(ExperimentalCoroutinesApi::class)
    private fun <T> outcomeOf(call: Suspending<T>): T {
        val thread = WaitingThread()
        val outcome = CoroutineScope(thread).async(start = CoroutineStart.UNDISPATCHED) { call.await() }
        outcome.invokeOnCompletion { thread.wake() }
        val isInterrupted = !thread.waitUntil { outcome.isCompleted }
        thread.leave(EmptyCoroutineContext)
        if (isInterrupted) {
            outcome.cancel()
            Thread.currentThread().interrupt()
            throw interrupted()
        }
        outcome.getCompletionExceptionOrNull()?.let { throw withPlace(it) }
        return outcome.getCompleted()
    }

    /** All calls that end with their connection share its exception, so that one gets no place but becomes the cause of a new one. */
    private fun withPlace(failure: Throwable): Throwable {
        if (failure is ConnectionClosedException) return ConnectionClosedException(failure.message.orEmpty(), failure, failure.didNotRun)
        return failure.apply { addSuppressed(CallSite()) }
    }

    private fun interrupted(): CancellationException = CancellationException("the thread was interrupted; the call is cancelled")

    private class CallSite : Exception("the call was made here")
}
