package io.hypha.rpc.call

import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.secureRandomBytes
import io.hypha.rpc.platform.withLock

/**
 * Ids that are unique for all clients: a random start, then a count. Nobody gains by guessing one, since every session answers to
 * one peer only; so the count may be plain and an id costs no randomness. Ids hold no dots (protocol §15.2, Q31).
 */
internal class IdSource {
    private val prefix: String = randomId(PREFIX_LENGTH)
    private val lock = Lock()
    private var count = 0L

    fun next(): String = prefix + lock.withLock { count++ }.toString(RADIX)

    companion object {
        private const val PREFIX_LENGTH = 14
        private const val RADIX = 36
        private const val ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"

        /** [length] random letters and digits, five random bits each: fit for any id of the protocol and easy to read out. */
        fun randomId(length: Int): String =
            buildString(length) { secureRandomBytes(length).forEach { append(ALPHABET[it.toInt() and ALPHABET.lastIndex]) } }
    }
}
