package io.hypha.rpc.hub.socket

import io.hypha.rpc.hub.auth.Refusal
import io.hypha.rpc.hub.route.Outbox
import io.netty.buffer.ByteBuf
import io.netty.channel.Channel
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame
import io.netty.handler.codec.http.websocketx.WebSocketFrame
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.withTimeoutOrNull
import org.slf4j.Logger
import org.slf4j.LoggerFactory
import java.util.concurrent.RejectedExecutionException
import java.util.concurrent.TimeUnit.MILLISECONDS
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.atomic.AtomicReference
import kotlin.time.Duration.Companion.seconds

/**
 * The sending half of one connection. Netty keeps the queue and counts its bytes; this bounds it.
 *
 * @param onEnd is called once, on the connection's own thread, when the connection is no longer of use.
 */
internal class ClientSocket(
    private val channel: Channel,
    private val settings: SocketSettings,
    private val onEnd: () -> Unit,
) : Outbox {
    private val ended = AtomicBoolean()
    private val awaitedPong = AtomicReference<CompletableDeferred<Unit>?>()

    /** Whether the end has begun: nothing more is sent. */
    val hasEnded: Boolean get() = ended.get()

    override fun send(frame: ByteBuf) {
        queue(BinaryWebSocketFrame(frame))
    }

    fun sendText(text: String) {
        queue(TextWebSocketFrame(text))
    }

    /** Queues a frame of any kind and takes its ownership. */
    fun queue(frame: WebSocketFrame) {
        val queue = channel.unsafe().outboundBuffer()
        if (queue == null || ended.get()) {
            frame.release()
            return
        }
        val waiting = queue.totalPendingWriteBytes()
        if (waiting > 0 && waiting + frame.content().readableBytes() > settings.maxQueuedBytes) {
            frame.release()
            close(Refusal.POLICY, "Outgoing queue full: $waiting bytes are waiting for a client that reads too slowly")
            return
        }
        channel.writeAndFlush(frame, channel.voidPromise())
    }

    override fun close(
        code: Int,
        reason: String,
    ) {
        close(code, reason, withErrorFrame = true)
    }

    /** Closes; legacy clients are told only in the close frame (protocol §1.1). */
    fun close(
        code: Int,
        reason: String,
        withErrorFrame: Boolean,
    ) {
        end {
            if (logger.isDebugEnabled) logger.debug("Closing with code {}: {}", code, closeText(reason).filterNot(Char::isISOControl))
            if (withErrorFrame) channel.write(TextWebSocketFrame(Greeting.error(reason)))
            channel.writeAndFlush(CloseWebSocketFrame(code, closeText(reason)))
            // Until then the client's frames are read and dropped: closing a socket with unread bytes would lose the reason.
            channel.eventLoop().schedule(channel::close, settings.closeTimeout.inWholeMilliseconds, MILLISECONDS)
        }
    }

    override fun cut() {
        end { channel.close() }
    }

    /** The connection has ended by itself. */
    fun closed() {
        end { }
    }

    override suspend fun isAlive(): Boolean {
        val fresh = CompletableDeferred<Unit>()
        val pong = awaitedPong.compareAndExchange(null, fresh) ?: fresh
        if (pong === fresh) channel.writeAndFlush(PingWebSocketFrame())
        val answered = withTimeoutOrNull(PATIENCE) { pong.await() } != null
        awaitedPong.compareAndSet(pong, null)
        return answered
    }

    /** The client answered a ping. */
    fun pong() {
        awaitedPong.getAndSet(null)?.complete(Unit)
    }

    private fun end(last: () -> Unit) {
        if (!ended.compareAndSet(false, true)) return
        try {
            channel.eventLoop().execute {
                last()
                onEnd()
            }
        } catch (_: RejectedExecutionException) {
            // The server has stopped, and all its connections with it.
        }
    }

    private companion object {
        val PATIENCE = 5.seconds
        val logger: Logger = LoggerFactory.getLogger(ClientSocket::class.java)
    }
}
