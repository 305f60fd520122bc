package io.hypha.rpc.connection

import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.transport.ControlMessage
import io.hypha.rpc.transport.Link
import io.hypha.rpc.wire.ByteChain
import kotlin.concurrent.Volatile
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeSource

/**
 * A link that tells whether it makes progress although it is slow, and how much of what left the server has read for certain: it answers
 * pings, and reads what left before a ping before that. And one that is closed once.
 */
internal class MeasuredLink(
    private val link: Link,
    private val timeSource: TimeSource.WithComparableMarks,
) : Link by link {
    private val lock = Lock()
    private var hasEnded = false

    /**
     * How many messages left after they had to wait for the link: each shows that something before it has left. What leaves at once shows
     * nothing, for buffers take it also when the other side is dead. Several senders may lose one of their counts to each other, which is no
     * matter.
     */
    @Volatile
    var departures: Long = 0L
        private set

    private var sent = 0L

    /** How many messages have left, or may have. */
    val left: Long get() = lock.withLock { sent }

    /** How many of them the server has read for certain. */
    @Volatile
    var read: Long = 0L
        private set

    /** How many had left before each ping that is not answered. */
    private val asked = ArrayDeque<Long>()

    override suspend fun send(message: ByteChain): Unit =
        try {
            measured { link.send(message) }
        } finally {
            lock.withLock { sent++ }
        }

    override suspend fun control(message: ControlMessage) {
        if (message == ControlMessage.Ping) lock.withLock { if (asked.size < MOST_PINGS) asked += sent }
        measured { link.control(message) }
    }

    /** A ping was answered: they are in their order. */
    fun answered() {
        lock.withLock { asked.removeFirstOrNull()?.let { read = it } }
    }

    private inline fun measured(send: () -> Unit) {
        val begin = timeSource.markNow()
        send()
        if (begin.elapsedNow() >= Slow) departures++
    }

    override fun close(reason: String) {
        val isFirst = lock.withLock { !hasEnded.also { hasEnded = true } }
        if (isFirst) link.close(reason)
    }

    private companion object {
        val Slow = 100.milliseconds

        /** A server that answers none is pinged every few seconds for as long as it sends anything. */
        const val MOST_PINGS = 1000
    }
}
