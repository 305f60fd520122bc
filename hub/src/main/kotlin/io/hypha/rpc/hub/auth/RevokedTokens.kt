package io.hypha.rpc.hub.auth

import java.util.concurrent.ConcurrentHashMap

/**
 * Tokens that are no longer accepted although they have not expired, and with them all that was made for reconnecting with them. They
 * are forgotten when nothing of it would be good any more anyway.
 */
internal class RevokedTokens(
    private val epochSeconds: () -> Long,
) {
    private val expiryByCredential = ConcurrentHashMap<String, Long>()

    fun add(
        credential: String,
        expiresAt: Long,
    ) {
        val now = epochSeconds()
        expiryByCredential.values.removeIf { it <= now }
        if (expiryByCredential.size >= MOST) throw TokenProblem("Too many tokens have been revoked; restart the hub with another secret")
        expiryByCredential[credential] = expiresAt
    }

    fun contains(credential: String): Boolean = expiryByCredential.containsKey(credential)

    private companion object {
        const val MOST = 100_000
    }
}
