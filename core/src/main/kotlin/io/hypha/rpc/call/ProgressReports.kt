package io.hypha.rpc.call

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch

/** Who hears of the [TransferProgress] of a message. */
internal typealias ProgressListener = suspend (TransferProgress) -> Unit

/**
 * Tells [listener] of the progress of one message, in a coroutine of its own and one report at a time. What comes while it is busy is told
 * together: it never holds up the message, and nothing is queued.
 */
internal class ProgressReports(
    private val listener: ProgressListener,
    private val total: Long,
    private val logger: HyphaLogger,
    scope: CoroutineScope,
) {
    private val lock = Lock()
    private val news = Channel<Unit>(Channel.CONFLATED)
    private var sent = 0L
    private val telling: Job = scope.launch { tell() }

    /** So many bytes more have been confirmed. */
    fun add(bytes: Int) {
        lock.withLock { sent += bytes }
        news.trySend(Unit)
    }

    /** The message has come to its end; waits until that has been told. */
    suspend fun end() {
        news.close()
        telling.join()
    }

    /** The message has failed: nothing more is told, and nobody waits for the listener. */
    fun abandon() {
        telling.cancel()
    }

    private suspend fun tell() {
        var told = -1L
        do {
            val now = lock.withLock { sent }
            if (now != told) tell(TransferProgress(now, total))
            told = now
        } while (news.receiveCatching().isSuccess || lock.withLock { sent } != told)
    }

    private suspend fun tell(progress: TransferProgress) {
        try {
            listener(progress)
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            // A failure of its own, be it a time-out, is no reason to end the message.
            currentCoroutineContext().ensureActive()
            logger.log(HyphaLogger.Level.Error, "a listener of the progress of a call failed", e)
        }
    }
}
