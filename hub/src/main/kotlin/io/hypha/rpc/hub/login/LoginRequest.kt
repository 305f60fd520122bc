package io.hypha.rpc.hub.login

import io.hypha.rpc.hub.auth.requireValue

/**
 * What a program wants of a login.
 *
 * @property workspace the only workspace that the token is to open; null for a token of the user.
 * @property life seconds for which the token is to be good; null for the usual time.
 */
internal class LoginRequest(
    val workspace: String?,
    val life: Long?,
) {
    companion object {
        private const val LONGEST_LIFE = 10L * 365 * 24 * 3600
        private const val LONGEST_WORKSPACE = 256

        /** Checks what was asked for; scopes are words in one text, so a workspace with a blank would smuggle in another scope. */
        fun of(
            workspace: String?,
            expiresIn: Double?,
        ): LoginRequest {
            val name = workspace?.ifEmpty { null }
            requireValue(name == null || (name.length <= LONGEST_WORKSPACE && name.none { it.isWhitespace() || it in "/#*" })) {
                "workspace must be the id of a workspace"
            }
            requireValue(expiresIn == null || (expiresIn >= 1 && expiresIn <= LONGEST_LIFE)) {
                "expires_in must be 1 to $LONGEST_LIFE seconds"
            }
            return LoginRequest(name, expiresIn?.toLong())
        }
    }
}
