package io.hypha.rpc.conformance.hostile

import io.hypha.rpc.conformance.python.WebSocketLine
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.PlainValues
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonPrimitive
import kotlin.time.Duration.Companion.seconds

/** A client of the hub that sends what it likes. */
internal class BareClient private constructor(
    private val line: WebSocketLine,
    val workspace: String,
    private val id: String,
) {
    val address: String get() = "$workspace/$id"

    suspend fun send(
        main: Map<String, Any?>,
        extra: Map<String, Any?> = emptyMap(),
    ) {
        val out = MsgPackWriter()
        PlainValues.write(out, main)
        PlainValues.write(out, extra)
        line.send(out.finish())
    }

    suspend fun sendBytes(bytes: ByteArray) {
        line.send(MsgPackWriter().apply { writeRaw(Bytes(bytes)) }.finish())
    }

    /** Calls [method] of [target]; [forged] goes into both segments. Returns the path of the reply and what it says. */
    suspend fun call(
        target: String,
        method: String,
        args: List<Any?> = emptyList(),
        forged: Map<String, Any?> = emptyMap(),
    ): Pair<String, Any?> {
        val main = mapOf("type" to "method", "from" to address, "to" to target, "method" to method, "session" to "S1")
        send(main + forged, mapOf("args" to args, "promise" to "*", "t" to 15.0) + forged)
        return withTimeout(20.seconds) { reply() }
    }

    /** The next message into the session of the call; the hub may have words about earlier messages before it. */
    private suspend fun reply(): Pair<String, Any?> {
        while (true) {
            val reader = MsgPackReader(checkNotNull(line.receive()) { "the hub closed the connection" })
            val path = (PlainValues.read(reader) as Map<*, *>)["method"] as String
            val payload = PlainValues.read(reader) as Map<*, *>
            if (!path.startsWith("S1.")) continue
            val value = (payload["args"] as List<*>).single()
            return path to if (value is Map<*, *> && value["_rtype"] == "error") value["_rvalue"] else value
        }
    }

    suspend fun close() {
        line.close()
    }

    companion object {
        /** Joins with [token]. */
        suspend fun join(
            hub: HyphaHub,
            token: String,
            id: String,
        ): BareClient {
            val line = WebSocketLine.open(hub.url.replace("http", "ws") + "/ws")
            val credentials = mapOf("client_id" to JsonPrimitive(id), "token" to JsonPrimitive(token), "workspace" to JsonNull)
            line.sendText(JsonObject(credentials).toString())
            val info = Json.parseToJsonElement(line.receiveText()) as JsonObject
            return BareClient(line, info.getValue("workspace").jsonPrimitive.content, id)
        }
    }
}
