package io.hypha.rpc.conformance.faults

import io.hypha.rpc.conformance.python.Message
import io.hypha.rpc.wire.Bytes
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import java.io.EOFException
import java.net.Socket
import java.security.MessageDigest
import java.util.Base64

/** One connection of a [WrongHub]. What waits here does so for the client, and ends with an exception when it has gone. */
internal class WrongSocket(
    private val socket: Socket,
) : AutoCloseable {
    private val input = socket.getInputStream().buffered()
    private val frames = WebSocketFrames(input, socket.getOutputStream())

    init {
        socket.tcpNoDelay = true
    }

    /** What the client said first. */
    val credentials: JsonObject by lazy { Json.parseToJsonElement(frames.read().payload.decodeToString()).jsonObject }

    val clientId: String get() = credentials.getValue("client_id").jsonPrimitive.content

    /** Answers the HTTP request. */
    fun upgrade() {
        val request = StringBuilder()
        while (!request.endsWith("\r\n\r\n")) {
            val byte = input.read()
            if (byte < 0) throw EOFException()
            request.append(byte.toChar())
        }
        val key =
            request
                .lines()
                .first { it.startsWith("Sec-WebSocket-Key:", ignoreCase = true) }
                .substringAfter(':')
                .trim()
        val digest = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).encodeToByteArray())
        val accept = Base64.getEncoder().encodeToString(digest)
        val answer =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: $accept\r\n\r\n"
        socket.getOutputStream().write(answer.encodeToByteArray())
    }

    /** Lets the client in (protocol §1.4). [changes] take the place of what a good server says; null leaves the key out. */
    fun greet(vararg changes: Pair<String, JsonElement?>) {
        val usual =
            buildJsonObject {
                put("type", "connection_info")
                put("hypha_version", "0.21.135")
                put("public_base_url", "http://127.0.0.1:1")
                put("manager_id", MANAGER)
                put("workspace", WORKSPACE)
                put("client_id", clientId)
                put("user", buildJsonObject { put("id", "tester") })
                put("reconnection_token", RECONNECTION_TOKEN)
                put("reconnection_token_life_time", 3600)
                put("message_rate", 0)
            }
        val changed = usual + changes.toMap()
        text(JsonObject(changed.mapNotNull { (key, value) -> value?.let { key to it } }.toMap()).toString())
    }

    /** The next message; pings are answered in between. */
    fun next(): Message {
        while (true) {
            val frame = frames.read()
            when (frame.opcode) {
                WebSocketFrames.BINARY -> return Message.of(Bytes(frame.payload))
                WebSocketFrames.TEXT -> if ("ping" in frame.payload.decodeToString()) text("""{"type":"pong"}""")
                WebSocketFrames.CLOSE -> throw EOFException()
            }
        }
    }

    /**
     * Answers all calls with nil, like a manager that agrees with everything, until there is a message whose method or type ends with [last]: it
     * is returned unanswered.
     *
     * @param watch sees every message before it is answered.
     */
    fun serveUntil(
        last: String,
        watch: (Message) -> Unit = {},
    ): Message {
        while (true) {
            val message = next()
            watch(message)
            if (message.kind.endsWith(last)) return message
            if (message.main["session"] != null) resolve(message, null)
        }
    }

    /** Answers all calls as [serveUntil] does, until the client goes. */
    fun serve(watch: (Message) -> Unit = {}) {
        serveUntil(NOTHING, watch)
    }

    /** Reads what the client says and answers nothing, not even pings, until it goes. */
    fun ignore() {
        while (frames.read().opcode != WebSocketFrames.CLOSE) continue
    }

    /** Reads nothing until this hub ends. */
    fun stall() {
        Thread.sleep(Long.MAX_VALUE)
    }

    fun resolve(
        call: Message,
        result: Any?,
    ) = reply(call, "resolve", result)

    /** Rejects [call] in the words of the server (protocol §2.5). */
    fun reject(
        call: Message,
        error: String,
    ) = reply(call, "reject", mapOf("_rtype" to "error", "_rvalue" to error, "_rtrace" to ""))

    private fun reply(
        call: Message,
        how: String,
        value: Any?,
    ) = message(
        mapOf("type" to "method", "from" to call.main["to"], "to" to call.main["from"], "method" to "${call.session}.$how"),
        mapOf("args" to listOf(value)),
    )

    fun message(vararg segments: Map<String, Any?>) = binary(Message.encode(segments.asList()).toByteArray())

    fun binary(bytes: ByteArray) = frames.write(WebSocketFrames.BINARY, bytes)

    fun text(text: String) = frames.write(WebSocketFrames.TEXT, text.encodeToByteArray())

    /** A WebSocket frame of any kind. */
    fun frame(
        opcode: Int,
        payload: ByteArray,
    ) = frames.write(opcode, payload)

    /** The error frame and the close frame of a server that refuses or ends the connection (protocol §1.5). */
    fun refuse(
        reason: String,
        code: Int,
    ) {
        error(reason)
        close(code, reason)
    }

    /** An error frame alone. */
    fun error(reason: String) =
        text(
            buildJsonObject {
                put("type", "error")
                put("message", reason)
            }.toString(),
        )

    /** A close frame alone; waits for the client's. */
    fun close(
        code: Int,
        reason: String = "",
    ) {
        frames.write(WebSocketFrames.CLOSE, byteArrayOf((code shr Byte.SIZE_BITS).toByte(), code.toByte()) + reason.encodeToByteArray())
        ignore()
    }

    /** Ends the connection without a word. */
    override fun close() {
        socket.close()
    }

    companion object {
        const val WORKSPACE = "ws-test"
        const val MANAGER = "manager-1"
        const val RECONNECTION_TOKEN = "reconnection-token"
        private const val NOTHING = "\u0000"
        private const val MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    }
}

/** What a message is about: its method, or the type of an event. */
internal val Message.kind: String get() = (main["method"] ?: main["type"]) as String
