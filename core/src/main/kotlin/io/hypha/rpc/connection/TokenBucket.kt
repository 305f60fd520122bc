package io.hypha.rpc.connection

import kotlin.time.Duration
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.DurationUnit
import kotlin.time.TimeSource

/**
 * Says when the next message may leave so that no more than the [limits] arrive, whenever they do. It fills continuously, from full, but what a
 * message took comes back from the moment on at which it is known to have arrived: it may have been late by as much. Not safe for several
 * threads: its owner has a lock.
 */
internal class TokenBucket(
    private val limits: SendLimits,
    timeSource: TimeSource.WithComparableMarks,
) {
    private val start = timeSource.markNow()
    private var filledAt = Duration.ZERO
    private var tokens = limits.burst

    /** How many messages that took a token are not known to have arrived. */
    private var unconfirmed = 0L

    /** What stays for messages that are urgent. */
    private val reserve = if (limits.burst < SMALLEST_WITH_RESERVE) 0.0 else minOf(limits.burst / RESERVED_PART, LARGEST_RESERVE)

    /** Takes a token, if there is one for a message that [isUrgent] or not. */
    fun tryTake(isUrgent: Boolean): Boolean {
        if (limits.isUnlimited) return true
        fill()
        if (tokens < needed(isUrgent)) return false
        tokens--
        unconfirmed++
        return true
    }

    /** A message that got a token does not leave. */
    fun giveBack() {
        tokens = minOf(tokens + 1, limits.burst)
        confirmAtOnce(1)
    }

    /** So many more messages have arrived. */
    fun confirm(count: Long) {
        fill()
        confirmAtOnce(count)
    }

    /** All that have left count as arrived. */
    fun confirmAll() = confirm(unconfirmed)

    private fun confirmAtOnce(count: Long) {
        unconfirmed = (unconfirmed - count).coerceAtLeast(0)
    }

    /** How long it takes until there is a token; for ever, when something has to arrive first. */
    fun timeUntil(isUrgent: Boolean): Duration {
        if (limits.isUnlimited) return Duration.ZERO
        fill()
        val missing = needed(isUrgent) - tokens
        if (missing <= 0) return Duration.ZERO
        if (needed(isUrgent) > limits.burst - unconfirmed) return Duration.INFINITE
        // Longer than any wait is long enough: a rate may be as low as anybody likes.
        return (missing / limits.rate * NANOS_PER_SECOND).coerceAtMost(LONGEST_NANOS).nanoseconds
    }

    /** A little less than a whole token is one, for the fractions of many small refills do not add up exactly. */
    private fun needed(isUrgent: Boolean) = (if (isUrgent) 1.0 else 1.0 + reserve) - TOLERANCE

    private fun fill() {
        val now = start.elapsedNow()
        val added = (now - filledAt).toDouble(DurationUnit.SECONDS) * limits.rate
        filledAt = now
        if (added > 0) tokens = maxOf(tokens, minOf(tokens + added, limits.burst - unconfirmed))
    }

    private companion object {
        const val NANOS_PER_SECOND = 1e9
        const val LONGEST_NANOS = 1e18
        const val TOLERANCE = 1e-6
        const val SMALLEST_WITH_RESERVE = 10.0
        const val RESERVED_PART = 10.0
        const val LARGEST_RESERVE = 32.0
    }
}
