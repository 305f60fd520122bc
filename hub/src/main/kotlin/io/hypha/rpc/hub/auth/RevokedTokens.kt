package io.hypha.rpc.hub.auth

import java.util.Base64
import java.util.concurrent.ConcurrentHashMap

/** Tokens that are no longer accepted although they have not expired. They are forgotten when they would have expired anyway. */
internal class RevokedTokens(
    private val epochSeconds: () -> Long,
) {
    private val expiryBySignature = ConcurrentHashMap<String, Long>()

    fun add(
        signature: ByteArray,
        expiresAt: Long,
    ) {
        val now = epochSeconds()
        expiryBySignature.values.removeIf { it <= now }
        if (expiryBySignature.size >= MOST) throw TokenProblem("Too many tokens have been revoked; restart the hub with another secret")
        expiryBySignature[key(signature)] = expiresAt
    }

    fun contains(signature: ByteArray): Boolean = expiryBySignature.containsKey(key(signature))

    // The bytes, not the text of the token: several texts stand for the same bytes.
    private fun key(signature: ByteArray): String = Base64.getEncoder().encodeToString(signature)

    private companion object {
        const val MOST = 100_000
    }
}
