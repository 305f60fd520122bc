package io.hypha.rpc.hub.auth

import java.security.SecureRandom
import java.util.Locale

/** Makes up users for connections that come without a token (protocol §1.3): `anonymouz-<word>-<word>-<digits>`. */
internal class AnonymousUsers(
    private val random: SecureRandom = SecureRandom(),
) {
    /** A new user, with an id that nobody has. */
    fun create(): UserInfo {
        val digits = String.format(Locale.ROOT, "%012d", random.nextLong().ushr(1) % DIGITS)
        val id = "$PREFIX${FIRST.pick()}-${SECOND.pick()}-$digits"
        return UserInfo(id, listOf(UserInfo.ANONYMOUS))
    }

    private fun List<String>.pick(): String = this[random.nextInt(size)]

    companion object {
        /** How the ids of all of them begin. */
        const val PREFIX = "anonymouz-"
        private const val DIGITS = 1_000_000_000_000L
        private val FIRST =
            listOf("amber", "bold", "calm", "deep", "early", "fair", "glad", "high", "keen", "late", "mild", "neat", "open", "quiet")
        private val SECOND =
            listOf("ash", "brook", "cedar", "dune", "elm", "fern", "grove", "hill", "iris", "lake", "moss", "oak", "pine", "reed")
    }
}
