package io.hypha.rpc.benchmarks.relay

import kotlinx.coroutines.future.await
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.io.ByteArrayOutputStream
import java.net.URI
import java.net.http.HttpClient
import java.net.http.WebSocket
import java.nio.ByteBuffer
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import kotlin.system.exitProcess

/**
 * One WebSocket of the JDK that a hub has let in. Frames arrive in parts that end anywhere, and are not joined.
 *
 * @param onFrame is called with the last four bytes of each frame, on the socket's own thread.
 */
internal class RelaySocket private constructor(
    private val onFrame: RelaySocket.(tail: Int) -> Unit,
) : WebSocket.Listener {
    private val welcome = CompletableFuture<String>()
    private lateinit var socket: WebSocket
    private val text = StringBuilder()
    private var firstFrame: ByteArrayOutputStream? = ByteArrayOutputStream()
    private var tail = 0

    /** Who sent the first frame, and all others. */
    lateinit var peer: String
        private set

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
        firstFrame?.let { keep(it, data, last) }
        val from = maxOf(data.position(), data.limit() - Int.SIZE_BYTES)
        for (i in from until data.limit()) tail = (tail shl Byte.SIZE_BITS) or (data[i].toInt() and BYTE)
        if (last) onFrame(tail)
        webSocket.request(1)
        return null
    }

    private fun keep(
        frame: ByteArrayOutputStream,
        data: ByteBuffer,
        last: Boolean,
    ) {
        val bytes = ByteArray(data.remaining())
        data.duplicate().get(bytes)
        frame.write(bytes)
        if (!last) return
        peer = RelayFrame.sender(frame.toByteArray())
        firstFrame = null
    }

    override fun onError(
        webSocket: WebSocket,
        error: Throwable,
    ) {
        error.printStackTrace()
        exitProcess(1)
    }

    companion object {
        private const val BYTE = 0xff

        suspend fun connect(
            hub: String,
            onFrame: RelaySocket.(tail: Int) -> Unit,
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
