package io.hypha.rpc.hub.auth

import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * The first frame of a connection (protocol §1.2). It does not print its tokens.
 *
 * @property workspace the workspace asked for; null leaves the choice to the hub.
 * @property token null for an anonymous user.
 * @property reconnectionToken from an earlier connection; then [token] does not count.
 */
internal class Credentials(
    val clientId: String,
    val workspace: String? = null,
    val token: String? = null,
    val reconnectionToken: String? = null,
) {
    companion object {
        /** Reads the JSON text; null is as good as absent, an empty token as well, unknown keys are ignored. */
        fun parse(text: String): Credentials {
            val json = JsonOfStrangers.objectOf(text) ?: throw unreadable()
            return Credentials(
                clientId = json.text("client_id").orEmpty(),
                workspace = json.text("workspace"),
                token = json.text("token")?.ifEmpty { null },
                reconnectionToken = json.text("reconnection_token"),
            )
        }

        private fun JsonObject.text(key: String): String? {
            val value = get(key) ?: JsonNull
            if (value is JsonNull) return null
            if (value !is JsonPrimitive || !value.isString) throw unreadable()
            return value.content
        }

        private fun unreadable() = Refusal(Refusal.UNREADABLE, "Failed to decode authentication information")
    }
}
