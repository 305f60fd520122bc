package io.hypha.rpc.hub.manager

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.ControlMessage
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.transport.Transport
import io.hypha.rpc.wire.ByteChain
import io.hypha.rpc.wire.Bytes
import io.netty.buffer.ByteBuf
import io.netty.buffer.Unpooled
import kotlinx.coroutines.channels.Channel
import java.util.concurrent.atomic.AtomicLong

/**
 * Connects the workspace manager to the router, within the process: a client like others, but for the socket.
 *
 * @param route takes the frames that the manager sends; it does not keep the buffer.
 * @param maxQueuedBytes most bytes that may wait for the manager.
 */
internal class ManagerLink(
    override val info: ConnectionInfo,
    private val maxQueuedBytes: Long,
    private val route: (ByteBuf) -> Unit,
) : Link,
    Transport {
    override val connectionType: String get() = "memory"

    private val incoming = Channel<Bytes>(Channel.UNLIMITED)
    private val waiting = AtomicLong()

    @Volatile
    private var isClosed = false

    override suspend fun open(identity: Identity): Link = this

    /** Queues one message for the manager; false when too much is waiting already, or the link is closed. */
    fun offer(message: Bytes): Boolean {
        if (waiting.addAndGet(message.size.toLong()) > maxQueuedBytes || !incoming.trySend(message).isSuccess) {
            waiting.addAndGet(-message.size.toLong())
            return false
        }
        return true
    }

    override suspend fun receive(): LinkEvent {
        val message = incoming.receiveCatching().getOrNull() ?: return LinkEvent.Closed(NORMAL, "The hub has stopped")
        waiting.addAndGet(-message.size.toLong())
        return LinkEvent.Message(message)
    }

    override suspend fun send(message: ByteChain) {
        if (isClosed) throw ConnectionClosedException("The hub has stopped")
        val parts = message.parts.map { Unpooled.wrappedBuffer(it.array, it.offset, it.size) }
        val frame = Unpooled.wrappedBuffer(*parts.toTypedArray())
        try {
            route(frame)
        } finally {
            frame.release()
        }
    }

    override suspend fun control(message: ControlMessage): Unit = Unit

    override fun close(reason: String) {
        isClosed = true
        incoming.close()
    }

    private companion object {
        const val NORMAL = 1000
    }
}
