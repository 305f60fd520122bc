package io.hypha.rpc.conformance.python

import io.hypha.rpc.wire.ByteChain
import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.future.await
import java.io.ByteArrayOutputStream
import java.net.URI
import java.net.http.HttpClient
import java.net.http.WebSocket
import java.nio.ByteBuffer
import java.util.concurrent.CompletionStage

/** A WebSocket of a client that knows nothing of this library: what it sends and gets are bare frames. */
internal class WebSocketLine private constructor() :
    Line,
    WebSocket.Listener {
        private val texts = Channel<String>(Channel.UNLIMITED)
        private val messages = Channel<Bytes>(Channel.UNLIMITED)
        private val text = StringBuilder()
        private val binary = ByteArrayOutputStream()
        private lateinit var socket: WebSocket

        suspend fun sendText(frame: String) {
            socket.sendText(frame, true).await()
        }

        suspend fun receiveText(): String = texts.receive()

        override suspend fun send(message: ByteChain) {
            socket.sendBinary(ByteBuffer.wrap(message.toByteArray()), true).await()
        }

        override suspend fun receive(): Bytes? = messages.receiveCatching().getOrNull()

        suspend fun close() {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").await()
        }

        override fun onText(
            webSocket: WebSocket,
            data: CharSequence,
            last: Boolean,
        ): CompletionStage<*>? {
            text.append(data)
            if (last) {
                texts.trySend(text.toString())
                text.clear()
            }
            webSocket.request(1)
            return null
        }

        override fun onBinary(
            webSocket: WebSocket,
            data: ByteBuffer,
            last: Boolean,
        ): CompletionStage<*>? {
            binary.write(ByteArray(data.remaining()).also(data::get))
            if (last) {
                messages.trySend(Bytes(binary.toByteArray()))
                binary.reset()
            }
            webSocket.request(1)
            return null
        }

        override fun onClose(
            webSocket: WebSocket,
            statusCode: Int,
            reason: String,
        ): CompletionStage<*>? {
            messages.close()
            texts.close(IllegalStateException("the server closed: $statusCode $reason"))
            return null
        }

        override fun onError(
            webSocket: WebSocket,
            error: Throwable,
        ) {
            messages.close(error)
            texts.close(error)
        }

        companion object {
            suspend fun open(url: String): WebSocketLine {
                val line = WebSocketLine()
                line.socket =
                    HttpClient
                        .newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(URI(url), line)
                        .await()
                return line
            }
        }
    }
