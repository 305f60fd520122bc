package io.hypha.rpc.hub.socket

import io.hypha.rpc.hub.auth.Scope
import io.hypha.rpc.hub.auth.Tokens
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.route.HubClient
import kotlin.time.Duration

/** Writes the text frames that the hub sends to a client on its own account (protocol §1.4 to §1.6). */
internal class Greeting(
    private val server: () -> Server,
    private val tokens: Tokens,
    private val settings: SocketSettings,
    private val tokenLife: Duration,
) {
    /** The first frame that an accepted client gets. */
    fun connectionInfo(client: HubClient): String {
        val server = server()
        val info =
            linkedMapOf(
                "type" to "connection_info",
                "hypha_version" to Server.VERSION,
                "public_base_url" to server.publicUrl,
                "local_base_url" to server.localUrl,
                "manager_id" to server.managerId,
                "workspace" to client.workspace,
                "client_id" to client.id,
                "user" to client.user.toMap(),
                "reconnection_token" to reconnectionToken(client),
                "reconnection_token_life_time" to tokenLife.inWholeSeconds,
                // Only this hub says so: a client paces itself by them, and 0 means that it need not.
                "message_rate" to settings.messageRate,
                "message_burst" to settings.messageBurst,
            )
        return jsonOf(info).toString()
    }

    /** The answer to `refresh_token`; null for a client whose own token has been revoked. */
    fun freshToken(client: HubClient): String? {
        if (tokens.isRevoked(client.user)) return null
        return jsonOf(mapOf("type" to "reconnection_token", "reconnection_token" to reconnectionToken(client))).toString()
    }

    private fun reconnectionToken(client: HubClient): String {
        val old = client.user.scope
        val scope = Scope(old.workspaces, client.workspace, client.id, old.extra)
        val user = client.user
        return tokens.issue(
            UserInfo(user.id, user.roles, scope, user.email, user.parent, credential = user.credential),
            tokenLife.inWholeSeconds,
            user.isConfined,
        )
    }

    companion object {
        /** The frame before a deliberate close. */
        fun error(reason: String): String = jsonOf(mapOf("type" to "error", "message" to reason)).toString()

        const val PONG: String = """{"type":"pong"}"""
    }
}
