package io.hypha.rpc.benchmarks.relay

import kotlinx.coroutines.future.await
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.net.URI
import java.net.http.HttpClient
import java.net.http.WebSocket
import java.nio.ByteBuffer
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage

/**
 * One WebSocket of the JDK that a hub has let in.
 *
 * @param onFrame is called with the first and the last part of each frame, on the socket's own thread.
 */
internal class RelaySocket private constructor(
    private val onFrame: (RelaySocket, first: ByteBuffer, last: ByteBuffer) -> Unit,
) : WebSocket.Listener {
    private val welcome = CompletableFuture<String>()
    private lateinit var socket: WebSocket
    private val text = StringBuilder()
    private var first: ByteBuffer? = null

    /** The JDK takes one frame at a time. */
    private var sent: CompletableFuture<WebSocket> = CompletableFuture.completedFuture(null)

    /** The address of this client. */
    lateinit var address: String
        private set

    @Synchronized
    fun send(frame: ByteBuffer) {
        sent = sent.thenCompose { socket.sendBinary(frame, true) }
    }

    override fun onText(
        webSocket: WebSocket,
        data: CharSequence,
        last: Boolean,
    ): CompletionStage<*>? {
        text.append(data)
        if (last) welcome.complete(text.toString())
        webSocket.request(1)
        return null
    }

    override fun onBinary(
        webSocket: WebSocket,
        data: ByteBuffer,
        last: Boolean,
    ): CompletionStage<*>? {
        val beginning = first ?: data
        first = if (last) null else beginning
        if (last) onFrame(this, beginning, data)
        webSocket.request(1)
        return null
    }

    companion object {
        suspend fun connect(
            hub: String,
            onFrame: (RelaySocket, first: ByteBuffer, last: ByteBuffer) -> Unit,
        ): RelaySocket {
            val relay = RelaySocket(onFrame)
            val uri = URI(hub.replaceFirst("http", "ws") + "/ws")
            relay.socket =
                HttpClient
                    .newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(uri, relay)
                    .await()
            relay.socket.sendText("""{"client_id":"relay"}""", true).await()
            val info = Json.parseToJsonElement(relay.welcome.await()).jsonObject
            relay.address = "${info.getValue("workspace").jsonPrimitive.content}/relay"
            return relay
        }
    }
}
