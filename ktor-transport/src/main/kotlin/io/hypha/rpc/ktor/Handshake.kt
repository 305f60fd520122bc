package io.hypha.rpc.ktor

import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.ProtocolException
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.handshakeRefusal
import io.ktor.client.plugins.websocket.DefaultClientWebSocketSession
import io.ktor.websocket.Frame
import io.ktor.websocket.readText
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.put

/** Says who is there in the first frame and reads the server's answer (protocol §1.2 to §1.5). */
internal suspend fun handshake(
    session: DefaultClientWebSocketSession,
    frames: IncomingFrames,
    identity: Identity,
): ConnectionInfo {
    session.send(Frame.Text(firstFrame(identity)))
    while (true) {
        val frame = frames.next().getOrNull() ?: throw endedEarly(session)
        // While a client comes back, messages that waited for it may overtake the answer.
        if (frame !is Frame.Text) continue
        val answer = parse(frame.readText())
        return when (val type = text(answer, "type")) {
            "connection_info" -> checked(ConnectionInfo(answer), identity)

            // The code of the close frame that follows says of some refusals that they pass.
            "error" -> throw handshakeRefusal(text(answer, "message") ?: "the server gave no reason", closedEvent(session).code)

            else -> throw ProtocolException("Unexpected message received from the server: type '$type' instead of 'connection_info'")
        }
    }
}

private fun firstFrame(identity: Identity): String =
    buildJsonObject {
        put("client_id", identity.clientId)
        put("workspace", identity.workspace)
        put("token", identity.token)
        put("reconnection_token", identity.reconnectionToken)
    }.toString()

private fun parse(text: String): JsonObject =
    try {
        Json.parseToJsonElement(text) as? JsonObject
    } catch (_: SerializationException) {
        // Without the cause, which quotes the answer, and with it perhaps a token.
        throw ProtocolException("the server's answer to the handshake is no JSON")
    } ?: throw ProtocolException("the server's answer to the handshake is no JSON object")

private fun checked(
    info: ConnectionInfo,
    identity: Identity,
): ConnectionInfo {
    val wanted = identity.workspace
    if (wanted != null && wanted != info.workspace) {
        throw AuthenticationException("Connected to the wrong workspace: ${info.workspace}, expected: $wanted")
    }
    return info
}

private suspend fun endedEarly(session: DefaultClientWebSocketSession): ConnectionClosedException {
    val end = closedEvent(session)
    return ConnectionClosedException("the server ended the connection during the handshake: ${end.reason} (code ${end.code})")
}

internal fun text(
    json: JsonObject,
    key: String,
): String? = (json[key] as? JsonPrimitive)?.contentOrNull
