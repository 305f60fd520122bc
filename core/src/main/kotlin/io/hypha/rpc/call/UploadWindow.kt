package io.hypha.rpc.call

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlinx.coroutines.sync.Semaphore
import kotlin.time.ComparableTimeMark
import kotlin.time.TimeSource

/**
 * What is under way to one peer of all long messages together, so that many of them at once ask no more of it, and of the server's queue for it,
 * than one does. Messages take turns: each waits with one piece at a time, in the order of arrival.
 */
internal class UploadWindow(
    private val timeSource: TimeSource.WithComparableMarks,
) {
    private val messages = Semaphore(MOST_MESSAGES)
    private val pieces = Semaphore(MOST_PIECES)
    private val lock = Lock()
    private var confirmations = 0L
    private var silence: Silence? = null

    /** Runs [send], which sends the pieces of one message, when it is its turn. */
    suspend fun message(send: suspend () -> Unit) {
        val place = enter(messages)
        var failure: Throwable? = null
        try {
            send()
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            failure = e
            throw e
        } finally {
            learn(place, failure)
            messages.release()
        }
    }

    /** Suspends until a piece may leave. Whoever called this [leaves][leave] when the peer has the piece, or it has failed. */
    suspend fun enter(): Place = enter(pieces)

    /** The piece of [place] has arrived, or failed with [failure]. */
    fun leave(
        place: Place,
        failure: Throwable?,
    ) {
        learn(place, failure)
        pieces.release()
    }

    private suspend fun enter(room: Semaphore): Place {
        val arrival = timeSource.markNow()
        room.acquire()
        val known = lock.withLock { silence }
        if (known != null && arrival <= known.end) {
            room.release()
            throw known.again()
        }
        return Place(timeSource.markNow(), lock.withLock { confirmations })
    }

    private fun learn(
        place: Place,
        failure: Throwable?,
    ) = lock.withLock {
        if (failure == null) {
            confirmations++
            silence = null
        } else if (tellsOfSilence(failure) && place.confirmations == confirmations) {
            // Nothing has come from the peer in all that time. Whoever has waited for most of it need not find that out once more.
            val part = if (failure is PeerGoneException) 1 else 2
            silence = Silence(failure as HyphaException, place.begin + place.begin.elapsedNow() / part)
        }
    }

    private fun tellsOfSilence(failure: Throwable) =
        failure is CallTimeoutException || failure is ConnectionClosedException || failure is PeerGoneException

    /**
     * Something that may be under way.
     *
     * @property begin since when.
     * @property confirmations how much the peer had confirmed by then.
     */
    class Place(
        val begin: ComparableTimeMark,
        val confirmations: Long,
    )

    /** Counts for those who came before its [end] to wait for their turn. */
    private class Silence(
        private val cause: HyphaException,
        val end: ComparableTimeMark,
    ) {
        /** Everybody gets an exception of his own. */
        fun again(): HyphaException {
            val message = cause.message.orEmpty()
            return when (cause) {
                is PeerGoneException -> PeerGoneException(message, cause, didNotRun = true)
                is ConnectionClosedException -> ConnectionClosedException(message, cause, didNotRun = true)
                else -> CallTimeoutException(message, cause)
            }
        }
    }

    companion object {
        /**
         * Fills a connection of 300 Mbit/s to a peer that is a tenth of a second away, with pieces of 256 KiB. Windows of 32 and 64 were no
         * faster between two clients on one machine, and a server that keeps 64 MiB for a slow peer has room for 16 senders to it.
         */
        const val MOST_PIECES = 16

        /** Peers take 256 unfinished messages, and of one sender not as many. */
        const val MOST_MESSAGES = 64
    }
}
