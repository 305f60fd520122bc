package io.hypha.rpc.hub

import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.websocket.DefaultClientWebSocketSession
import io.ktor.client.plugins.websocket.WebSockets
import io.ktor.client.plugins.websocket.webSocketSession
import io.ktor.websocket.Frame
import io.ktor.websocket.close
import io.ktor.websocket.readText
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.consumeAsFlow
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlin.time.Duration.Companion.seconds

/** Opens bare WebSockets to a hub, for tests of what happens on the wire. */
internal class RawClients : AutoCloseable {
    private val http = HttpClient(CIO) { install(WebSockets) { maxFrameSize = 64L shl 20 } }

    suspend fun open(
        hub: HyphaHub,
        query: String = "",
    ): RawClient = RawClient(http.webSocketSession(hub.url.replace("http", "ws") + "/ws" + query))

    /** Opens a socket and does the handshake. */
    suspend fun join(
        hub: HyphaHub,
        credentials: String,
    ): RawClient = open(hub).also { it.join(credentials) }

    override fun close() {
        http.close()
    }
}

/** One bare WebSocket. */
internal class RawClient(
    val session: DefaultClientWebSocketSession,
) {
    lateinit var info: JsonObject
        private set

    val workspace: String get() = info.getValue("workspace").jsonPrimitive.content
    val token: String get() = info.getValue("reconnection_token").jsonPrimitive.content

    suspend fun join(credentials: String) {
        send(credentials)
        info = json()
        check(info["type"]?.jsonPrimitive?.content == "connection_info") { "Refused: $info" }
    }

    suspend fun send(text: String) {
        session.outgoing.send(Frame.Text(text))
    }

    suspend fun send(vararg segments: Map<String, Any?>) {
        session.outgoing.send(Frame.Binary(true, frame(*segments)))
    }

    /** The next frame; fails when there is none within ten seconds. */
    suspend fun next(): Frame = withTimeout(10.seconds) { session.incoming.receive() }

    suspend fun text(): String = (next() as Frame.Text).readText()

    suspend fun json(): JsonObject = Json.parseToJsonElement(text()) as JsonObject

    suspend fun message(): List<Map<String, Any?>> = segments((next() as Frame.Binary).data)

    /** The error frame and the close that follows it. */
    suspend fun refusal(): Pair<String, Int> {
        val error = json()
        check(error["type"]?.jsonPrimitive?.content == "error")
        return error.getValue("message").jsonPrimitive.content to closeCode()
    }

    /** How the server closed; what comes before is passed over. */
    suspend fun closeCode(): Int =
        withTimeout(10.seconds) {
            session.incoming
                .consumeAsFlow()
                .catch { }
                .collect()
            session.closeReason
                .await()
                ?.code
                ?.toInt() ?: 1006
        }

    suspend fun close() {
        session.close()
    }
}
