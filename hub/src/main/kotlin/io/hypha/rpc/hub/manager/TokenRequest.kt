package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.Scope
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.auth.requireValue
import java.util.UUID

/**
 * What `generate_token` is asked for (protocol §9.4).
 *
 * @property workspace the workspace that the token is for.
 * @property life seconds for which it can be used.
 */
internal class TokenRequest private constructor(
    val workspace: String,
    val life: Long,
    private val scope: Scope,
    private val email: String?,
) {
    /** Whether the token is to carry another email than its maker's. */
    val namesEmail: Boolean get() = email != null

    /**
     * The new user whom the token stands for, a child of [parent]. It does not inherit the role that may do everything: then every
     * token of an administrator would be as good as the administrator.
     */
    fun user(parent: UserInfo): UserInfo =
        UserInfo(
            id = "${parent.id.take(LONGEST_PARENT)}-${UUID.randomUUID()}",
            roles = parent.roles - UserInfo.ADMIN,
            scope = scope,
            email = email ?: parent.email,
            parent = parent.parent ?: parent.id,
        )

    companion object {
        private const val LONGEST_PARENT = 64
        private const val USUAL_LIFE = 3600L
        private const val LONGEST_LIFE = 10L * 365 * 24 * 3600

        /** Reads the request; keys that are absent or nil have their defaults. */
        fun of(
            config: Map<String, Any?>,
            ownWorkspace: String,
        ): TokenRequest {
            val workspace = word(config, "workspace") ?: ownWorkspace
            val permission = word(config, "permission") ?: WorkspacePermission.ReadWrite.word
            val level = WorkspacePermission.ofWord(permission) ?: throw HubProblem("ValueError", "Invalid permission: $permission")
            val clientId = word(config, "client_id")
            val scope = Scope(mapOf(workspace to level), workspace, clientId, extraScopes(config["extra_scopes"]))
            return TokenRequest(workspace, life(config["expires_in"]), scope, word(config, "email"))
        }

        private fun life(given: Any?): Long {
            if (given == null) return USUAL_LIFE
            val seconds = (given as? Number)?.toLong() ?: 0
            requireValue(seconds in 1..LONGEST_LIFE) { "expires_in must be 1 to $LONGEST_LIFE seconds" }
            return seconds
        }

        /** Scopes are words in one text, so a value with a blank would smuggle in another scope. */
        private fun word(
            config: Map<String, Any?>,
            key: String,
        ): String? {
            val value = config[key] ?: return null
            requireValue(value is String && isWord(value)) { "$key must be text without blanks" }
            return value
        }

        private fun extraScopes(given: Any?): List<String> {
            val scopes = given ?: return emptyList()
            requireValue(scopes is List<*> && scopes.all { it is String && isWord(it) && isExtra(it) }) {
                "extra_scopes must be a list of texts without blanks, and none of them may begin with ws:, wid: or cid:"
            }
            return scopes.map { it as String }
        }

        private fun isWord(text: String): Boolean = text.isNotEmpty() && text.none(Char::isWhitespace)

        private fun isExtra(scope: String): Boolean = listOf("ws:", "wid:", "cid:").none(scope::startsWith)
    }
}
