package io.hypha.rpc.connection

import kotlin.math.pow
import kotlin.random.Random
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * Waits twice as long after every attempt that fails, up to [longest] (protocol §1.11). The first attempt after a link that lasted is made
 * at once; a link that is lost again and again as soon as it is made counts like failed attempts, of which the first is free.
 *
 * @property first the wait after the first failed attempt.
 * @property longest the longest wait.
 * @property factor how much longer each wait is than the one before.
 * @property jitter the part of a wait by which it may be shorter or longer at random, so that many clients do not come back in the same
 *   moment: 0.1 for a tenth.
 * @property giveUpAfter the downtime after which no further attempt is made; `Duration.INFINITE` for none.
 * @param random where the jitter comes from.
 */
public class ExponentialBackoff(
    public val first: Duration = 1.seconds,
    public val longest: Duration = 60.seconds,
    public val factor: Double = 2.0,
    public val jitter: Double = 0.1,
    public val giveUpAfter: Duration = Duration.INFINITE,
    private val random: Random = Random.Default,
) : ReconnectPolicy {
    init {
        require(first.isPositive() && first.isFinite()) { "the first wait must be longer than nothing and finite, not $first" }
        require(
            longest >= first && longest.isFinite(),
        ) { "the longest wait must be finite and no shorter than the first, $first, not $longest" }
        require(factor in 1.0..MAX_FACTOR) { "the factor must be 1 to $MAX_FACTOR, not $factor" }
        require(jitter in 0.0..1.0) { "the jitter must be 0 to 1, not $jitter" }
        require(!giveUpAfter.isNegative()) { "the time to give up after must not be negative, not $giveUpAfter" }
    }

    override fun delayBefore(attempt: ReconnectAttempt): Duration? {
        if (attempt.downtime >= giveUpAfter) return null
        // The first of each is free.
        val failures = (attempt.number - 1) + (attempt.flaps - 1).coerceAtLeast(0)
        if (failures == 0) return Duration.ZERO
        // In seconds of a Double, which grows to infinity and does not overflow.
        val wait = minOf(first * factor.pow(failures - 1).coerceAtMost(longest / first), longest)
        return wait * (1 + jitter * (2 * random.nextDouble() - 1))
    }

    private companion object {
        const val MAX_FACTOR = 100.0
    }
}
