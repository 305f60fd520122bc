package io.hypha.rpc.hub.socket

import io.hypha.rpc.hub.route.HubClient
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** Answers the text frames that clients send after the handshake (protocol §1.6). */
internal class TextFrames(
    private val greeting: Greeting,
) {
    /** The answer, or null when there is none: to unknown frames, to long ones and to what is no JSON. */
    fun answer(
        client: HubClient,
        text: String,
    ): String? =
        when (typeOf(text)) {
            "ping" -> Greeting.PONG
            "refresh_token" -> greeting.freshToken(client)
            else -> null
        }

    private fun typeOf(text: String): String? {
        if (text.length > LONGEST) return null
        return try {
            val frame = Json.parseToJsonElement(text) as? JsonObject
            (frame?.get("type") as? JsonPrimitive)?.content
        } catch (_: SerializationException) {
            null
        }
    }

    private companion object {
        const val LONGEST = 1000
    }
}
