package io.hypha.rpc.hub.auth

import java.security.MessageDigest

/**
 * Finds out who wants to connect, and where to (protocol §1.3, step 6). What the user may do there is not decided yet.
 *
 * @param rootToken opens everything; null when there is none.
 */
internal class Authenticator(
    private val tokens: Tokens,
    private val anonymousUsers: AnonymousUsers,
    private val rootToken: String? = null,
) {
    /** Who it is and the workspace to join; a [Refusal] when the credentials do not fit. */
    fun identify(credentials: Credentials): Identity {
        val reconnection = credentials.reconnectionToken
        val token = credentials.token
        return when {
            reconnection != null -> byReconnection(credentials, verify(reconnection))
            token == null -> anonymous(credentials)
            isRoot(token) -> Identity(UserInfo.Root, credentials.workspace ?: UserInfo.Root.ownWorkspace)
            else -> byToken(credentials, verify(token))
        }
    }

    private fun anonymous(credentials: Credentials): Identity {
        val user = anonymousUsers.create()
        return Identity(user, credentials.workspace ?: user.ownWorkspace)
    }

    private fun byReconnection(
        credentials: Credentials,
        user: UserInfo,
    ): Identity {
        val scope = user.scope
        val workspace = scope.currentWorkspace ?: throw Refusal.user("The reconnection token names no workspace")
        val clientId = scope.clientId ?: throw Refusal.user("The reconnection token names no client")
        if (credentials.clientId != clientId) throw Refusal.user("Client id mismatch, disconnecting")
        checkWorkspace(workspace, credentials.workspace)
        return Identity(user, workspace)
    }

    private fun byToken(
        credentials: Credentials,
        user: UserInfo,
    ): Identity {
        val scope = user.scope
        if (scope.clientId != null && scope.clientId != credentials.clientId) {
            throw Refusal.user("Client id mismatch: this token is restricted to client with client_id='${scope.clientId}'")
        }
        checkWorkspace(scope.currentWorkspace, credentials.workspace)
        val asked = credentials.workspace ?: scope.currentWorkspace ?: user.ownWorkspace
        val publicByMistake = asked == PUBLIC && user.permissionFor(PUBLIC) == null
        return Identity(user, if (publicByMistake) scope.currentWorkspace ?: user.ownWorkspace else asked)
    }

    private fun checkWorkspace(
        inToken: String?,
        asked: String?,
    ) {
        if (inToken == null || asked == null || inToken == asked) return
        throw Refusal.user("Current workspace encoded in the token ($inToken) does not match the specified workspace ($asked)")
    }

    private fun verify(token: String): UserInfo {
        val user =
            try {
                tokens.verify(token)
            } catch (e: TokenProblem) {
                throw Refusal.credentials(e)
            }
        val special = user.scope.special
        if (special.isEmpty()) return user
        throw Refusal.user("Specialized token with scopes $special cannot be used for general workspace access.")
    }

    // In constant time: the answer must not tell how much of a guess was right.
    private fun isRoot(token: String): Boolean =
        rootToken != null && MessageDigest.isEqual(token.encodeToByteArray(), rootToken.encodeToByteArray())

    companion object {
        const val PUBLIC = "public"
    }
}
