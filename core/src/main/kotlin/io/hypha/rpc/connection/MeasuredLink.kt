package io.hypha.rpc.connection

import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.transport.ControlMessage
import io.hypha.rpc.transport.Link
import io.hypha.rpc.wire.ByteChain
import kotlin.concurrent.Volatile
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeSource

/** A link that tells whether it makes progress although it is slow, and that is closed once. */
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

    override suspend fun send(message: ByteChain): Unit = measured { link.send(message) }

    override suspend fun control(message: ControlMessage): Unit = measured { link.control(message) }

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
    }
}
