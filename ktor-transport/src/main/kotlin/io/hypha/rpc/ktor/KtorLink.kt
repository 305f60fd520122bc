package io.hypha.rpc.ktor

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.ControlMessage
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.wire.ByteChain
import io.hypha.rpc.wire.Bytes
import io.ktor.client.HttpClient
import io.ktor.client.plugins.websocket.DefaultClientWebSocketSession
import io.ktor.websocket.CloseReason
import io.ktor.websocket.Frame
import io.ktor.websocket.close
import io.ktor.websocket.readText
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.cancel
import kotlinx.coroutines.channels.ClosedSendChannelException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import java.io.IOException
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.time.Duration.Companion.seconds

/** One WebSocket after its handshake. */
internal class KtorLink(
    private val session: DefaultClientWebSocketSession,
    private val frames: IncomingFrames,
    override val info: ConnectionInfo,
    private val ownedClient: HttpClient?,
) : Link {
    override val connectionType: String get() = "websocket"
    private val isClosing = AtomicBoolean()
    private var end: LinkEvent.Closed? = null

    override suspend fun receive(): LinkEvent {
        end?.let { return it }
        while (true) {
            val next = frames.next()
            val event =
                when (val frame = next.getOrNull()) {
                    null -> closedEvent(session, next.exceptionOrNull()).also(::ended)
                    is Frame.Binary -> LinkEvent.Message(Bytes(frame.data))
                    is Frame.Text -> controlEvent(frame.readText())
                    else -> null
                }
            if (event != null) return event
        }
    }

    /** Unknown control messages are passed over (protocol §1.6). An error comes directly before the end, whose reason it gives. */
    private fun controlEvent(text: String): LinkEvent? {
        val message =
            try {
                Json.parseToJsonElement(text) as? JsonObject
            } catch (_: SerializationException) {
                null
            } ?: return null
        return when (text(message, "type")) {
            "pong" -> LinkEvent.Pong
            "reconnection_token" -> text(message, "reconnection_token")?.let { LinkEvent.ReconnectionToken(it) }
            "error" -> LinkEvent.Closed(POLICY, text(message, "message").orEmpty()).also(::ended)
            else -> null
        }
    }

    private fun ended(event: LinkEvent.Closed) {
        end = event
        close("")
    }

    override suspend fun send(message: ByteChain) {
        // A fresh array: engines keep the frame until it is on its way, and some mask it in place.
        send(Frame.Binary(true, message.toByteArray()))
    }

    override suspend fun control(message: ControlMessage) {
        val type =
            when (message) {
                ControlMessage.Ping -> "ping"
                ControlMessage.RefreshToken -> "refresh_token"
            }
        send(Frame.Text("""{"type":"$type"}"""))
    }

    /** A frame is either taken by the socket's queue, and may leave, or not taken for certain: then the queue says so by failing. */
    private suspend fun send(frame: Frame) {
        try {
            session.outgoing.send(frame)
        } catch (e: ClosedSendChannelException) {
            throw ended(e)
        } catch (e: IOException) {
            throw ended(e)
        } catch (e: CancellationException) {
            // The caller's own cancellation stays what it is; that of the socket is the end of the connection.
            currentCoroutineContext().ensureActive()
            throw ended(e)
        }
    }

    private fun ended(cause: Exception) = ConnectionClosedException("Connection is closed", cause, didNotRun = true)

    override fun close(reason: String) {
        if (!isClosing.compareAndSet(false, true)) return
        session.launch(start = CoroutineStart.UNDISPATCHED) {
            try {
                withTimeoutOrNull(CloseTimeout) { session.close(CloseReason(CloseReason.Codes.NORMAL, shortened(reason))) }
            } finally {
                session.cancel()
                // Else OkHttp goes on storing what arrives until the server has closed as well.
                session.incoming.cancel()
            }
        }
        ownedClient?.close()
    }

    private fun shortened(reason: String): String = reason.take(MAX_REASON_CHARACTERS)

    private companion object {
        val CloseTimeout = 2.seconds
        const val POLICY = 1008

        /** A close frame has room for 123 bytes; the reasons given here are ASCII. */
        const val MAX_REASON_CHARACTERS = 120
    }
}
