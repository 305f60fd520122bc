package io.hypha.rpc.hub.login

import kotlin.time.ComparableTimeMark
import kotlin.time.Duration.Companion.minutes
import kotlin.time.TimeSource

/**
 * How often logins from one address have failed in the last minute or so. Everybody can start as many logins as it likes, so the few tries
 * that each of them has do not keep anybody from guessing on and on. Safe for all threads.
 */
internal class FailedLogins(
    private val clock: TimeSource.WithComparableMarks = TimeSource.Monotonic,
) {
    private class Count(
        val end: ComparableTimeMark,
    ) {
        var failures = 0
    }

    private val counts = HashMap<String, Count>()

    /** Whether logins from [address] have to wait. */
    @Synchronized
    fun areTooMany(address: String): Boolean {
        val count = counts[keyOf(address)] ?: return false
        return !count.end.hasPassedNow() && count.failures >= MOST
    }

    /** A login from [address] failed. */
    @Synchronized
    fun add(address: String) {
        if (counts.size >= MOST_ADDRESSES) counts.values.removeIf { it.end.hasPassedNow() }
        val key = keyOf(address)
        val count = counts[key]?.takeUnless { it.end.hasPassedNow() } ?: Count(clock.markNow() + 1.minutes).also { counts[key] = it }
        count.failures++
    }

    /** Addresses for which there is no room any more count as one. */
    private fun keyOf(address: String): String = if (address in counts || counts.size < MOST_ADDRESSES) address else ""

    private companion object {
        const val MOST = 30
        const val MOST_ADDRESSES = 10_000
    }
}
