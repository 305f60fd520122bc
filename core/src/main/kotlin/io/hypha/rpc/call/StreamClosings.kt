package io.hypha.rpc.call

import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Job
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration.Companion.seconds

/**
 * The streams that came with a call and that its handler has left early. The reply waits until they are closed: some clients look for the
 * function that closes a stream later than they take the reply, and have forgotten it then.
 */
internal class StreamClosings {
    private val lock = Lock()
    private val collections = ArrayList<Collection>()

    /** A stream is collected from now on, by [collector]. */
    fun begin(collector: Job): Collection = Collection(collector).also { lock.withLock { collections += it } }

    /** Waits until those that were left by now are closed, but not for long for peers that do not answer. */
    suspend fun await() {
        val all = lock.withLock { collections.toList() }
        if (all.isEmpty()) return
        withTimeoutOrNull(LongestWait) { all.forEach { it.awaitClosed() } }
    }

    /** One collection of a stream. */
    class Collection(
        private val collector: Job,
    ) {
        private val closing = CompletableDeferred<Job?>()

        /** It has ended; [job] closes the stream, if that has to be done. */
        fun end(job: Job?) {
            closing.complete(job)
        }

        /** Does not wait for one that goes on. */
        suspend fun awaitClosed() {
            if (collector.isCancelled || closing.isCompleted) closing.await()?.join()
        }
    }

    companion object {
        /** How long anybody waits for a stream to be closed. */
        val LongestWait = 5.seconds
    }
}
