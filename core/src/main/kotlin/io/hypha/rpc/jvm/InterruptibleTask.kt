package io.hypha.rpc.jvm

import io.hypha.rpc.OverloadedException
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.InternalCoroutinesApi
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.job
import kotlinx.coroutines.withContext

/** Code that blocks, which a coroutine waits for. When the coroutine is cancelled the code's thread is interrupted. */
internal class InterruptibleTask<T>(
    private val action: () -> T,
) : Task {
    private val outcome = CompletableDeferred<T>()
    private val lock = Any()
    private var thread: Thread? = null
    private var isGivenUp = false
    private var isInterrupted = false

    override fun run() {
        val begins =
            synchronized(lock) {
                if (!isGivenUp) thread = Thread.currentThread()
                !isGivenUp
            }
        if (!begins) return
        val result = runCatching(action)
        synchronized(lock) {
            thread = null
            // The thread is not told to stop whatever it does next.
            if (isInterrupted) Thread.interrupted()
        }
        result.fold(outcome::complete, outcome::completeExceptionally)
    }

    override fun reject(reason: Rejection) {
        outcome.completeExceptionally(OverloadedException(reason.message, reason.cause))
    }

    /** The outcome. It comes when the code has ended, also after a cancellation. */
    suspend fun await(): T =
        try {
            outcome.await()
        } catch (e: CancellationException) {
            giveUp()
            withContext(NonCancellable) { outcome.join() }
            throw e
        }

    /** Runs it on the thread of the coroutine, which may block. */
    @OptIn(InternalCoroutinesApi::class)
    suspend fun runHere(): T {
        val job = currentCoroutineContext().job
        val interruption = job.invokeOnCompletion(onCancelling = true) { giveUp() }
        BlockingThread.blocking { run() }
        interruption.dispose()
        job.ensureActive()
        return outcome.await()
    }

    private fun giveUp() {
        synchronized(lock) {
            isGivenUp = true
            val running = thread
            if (running == null) {
                outcome.cancel()
            } else {
                isInterrupted = true
                running.interrupt()
            }
        }
    }
}
