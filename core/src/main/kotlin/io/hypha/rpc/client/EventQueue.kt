package io.hypha.rpc.client

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlinx.coroutines.channels.Channel

/**
 * What waits for one slow reader. At most [MAX_COUNT] items and [MAX_BYTES] bytes wait, though one item may always do; then the oldest
 * of the sender that has most of them are dropped, which the log says: who floods loses its own. Offering never waits.
 */
internal class EventQueue<T>(
    private val logger: HyphaLogger,
    private val what: String,
    private val senderOf: (T) -> String? = { null },
    private val sizeOf: (T) -> Int,
) {
    private val lock = Lock()
    private val items = ArrayDeque<T>()
    private val waiting = HashMap<String?, Waiting>()
    private var bytes = 0L
    private var dropped = 0L
    private var isClosed = false
    private val signal = Channel<Unit>(Channel.CONFLATED)

    fun offer(item: T) {
        val hasBegunToDrop =
            lock.withLock {
                if (isClosed) return
                val droppedBefore = dropped
                val size = sizeOf(item)
                while (items.isNotEmpty() && (items.size >= MAX_COUNT || bytes + size > MAX_BYTES)) {
                    dropOne(isByBytes = items.size < MAX_COUNT)
                    dropped++
                }
                items.addLast(item)
                count(item, 1)
                droppedBefore == 0L && dropped > 0
            }
        signal.trySend(Unit)
        if (hasBegunToDrop) {
            logger.log(
                HyphaLogger.Level.Warn,
                "$what: more than $MAX_COUNT or $MAX_BYTES bytes wait, so the oldest are dropped",
                null,
            )
        }
    }

    private fun dropOne(isByBytes: Boolean) {
        val most = waiting.maxByOrNull { (_, it) -> if (isByBytes) it.bytes else it.items.toLong() }
        val index = items.indexOfFirst { senderOf(it) == most?.key }
        count(items.removeAt(index), -1)
    }

    private fun count(
        item: T,
        sign: Int,
    ) {
        val size = sign * sizeOf(item).toLong()
        bytes += size
        val sender = senderOf(item)
        val of = waiting.getOrPut(sender) { Waiting() }
        of.items += sign
        of.bytes += size
        if (of.items == 0) waiting -= sender
    }

    /** The oldest item, as soon as there is one; null when the queue is closed and empty. For one reader. */
    suspend fun next(): T? {
        while (true) {
            var lost = 0L
            val isEnd =
                lock.withLock {
                    val item = items.removeFirstOrNull()
                    if (item != null) {
                        count(item, -1)
                        return item
                    }
                    lost = dropped.also { dropped = 0 }
                    isClosed
                }
            if (lost > 0) logger.log(HyphaLogger.Level.Warn, "$what: $lost were dropped", null)
            if (isEnd) return null
            signal.receive()
        }
    }

    /** Takes no more; what waits can still be read. */
    fun close() {
        lock.withLock { isClosed = true }
        signal.trySend(Unit)
    }

    private class Waiting {
        var items = 0
        var bytes = 0L
    }

    companion object {
        const val MAX_COUNT = 1024
        const val MAX_BYTES = 64L * 1024 * 1024
    }
}
