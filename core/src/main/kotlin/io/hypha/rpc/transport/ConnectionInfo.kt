package io.hypha.rpc.transport

import io.hypha.rpc.ProtocolException
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.doubleOrNull
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * What the server says when a connection is accepted (protocol §1.4).
 *
 * @property entries the whole message, for keys that have no property here. It holds the reconnection token: do not log it.
 */
public class ConnectionInfo(
    public val entries: JsonObject,
) {
    /** The workspace that was joined. */
    public val workspace: String = required("workspace")

    /** The id of this client within [workspace]. */
    public val clientId: String = required("client_id")

    /** The id of the workspace manager; its address is `*` + `/` + this. */
    public val managerId: String? = text("manager_id")

    /** The server's version, for information. */
    public val serverVersion: String? = text("hypha_version")

    /** The address under which everybody reaches the server; references of one server carry it. */
    public val publicBaseUrl: String? = text("public_base_url")

    /** The address of the server on its own machine, for information. */
    public val localBaseUrl: String? = text("local_base_url")

    /** A message of the operator to the users, if there is one. */
    public val announcement: String? = text("announcement")

    /** The token that lets this client come back under its own id; null when the server gives none. */
    public val reconnectionToken: String? = text("reconnection_token")

    /** How long [reconnectionToken] stays valid. */
    public val reconnectionTokenLifetime: Duration =
        (
            number("reconnection_token_life_time")?.takeIf {
                it > 0
            } ?: DEFAULT_TOKEN_SECONDS
        ).seconds

    /** Messages per second that the server takes from one client; 0 for no limit, null when the server does not say. */
    public val messageRate: Double? = limit("message_rate")

    /** Messages that a client may send at once above [messageRate]; 0 for no limit, null when the server does not say. */
    public val messageBurst: Double? = limit("message_burst")

    /** The user as whom this client is connected: the map of protocol §9.2. */
    public val user: JsonObject = entries["user"] as? JsonObject ?: JsonObject(emptyMap())

    private fun required(key: String): String =
        text(key) ?: throw ProtocolException("the server's connection_info has no text under '$key'")

    private fun text(key: String): String? = (entries[key] as? JsonPrimitive)?.takeIf { it.isString }?.contentOrNull

    /** A limit that can be kept; any other number is as good as none. */
    private fun limit(key: String): Double? = number(key)?.takeIf { it.isFinite() && it >= 0 }

    private fun number(key: String): Double? = (entries[key] as? JsonPrimitive)?.doubleOrNull

    /** Names the client; never a token. */
    override fun toString(): String = "ConnectionInfo($workspace/$clientId)"

    public companion object {
        private const val DEFAULT_TOKEN_SECONDS = 172_800.0

        /** An info of these entries, for transports that have no server to ask. */
        public fun of(vararg entries: Pair<String, JsonElement>): ConnectionInfo = ConnectionInfo(JsonObject(mapOf(*entries)))
    }
}
