package io.hypha.rpc.connection

import kotlin.time.ComparableTimeMark
import kotlin.time.Duration
import kotlin.time.TimeSource

/**
 * What a server still takes from this client over one link. Beats have half of it at most while others wait, which they get whatever else is to
 * be sent: a peer decides how many there are. And the server is asked now and then what it has read, with a ping: messages that a busy server or a
 * network that stood still has kept back arrive all at once, and count for it from then on only. Not safe for several threads: its owner has
 * a lock.
 *
 * @param patience how long the server may take to answer; then it counts as one that never does.
 */
internal class Allowance(
    private val limits: SendLimits,
    private val patience: Duration,
    private val timeSource: TimeSource.WithComparableMarks,
) {
    private val all = TokenBucket(limits, timeSource)
    private val beats = TokenBucket(limits.forBeats(), timeSource)

    /** Since when an answer is due, or overdue; null while none is. */
    private var askedAt: ComparableTimeMark? = null

    /** How much of the server's last answers has been taken note of. */
    private var read = 0L

    /**
     * Takes the tokens for one message, if they are there.
     *
     * @param isAlone no message waits of the other kind, of beats and others.
     */
    fun take(
        isBeat: Boolean,
        isAlone: Boolean,
    ): Boolean {
        if (isBeat && !beats.timeUntil(isUrgent = true).isPositive() && all.tryTake(isUrgent = true)) {
            beats.tryTake(isUrgent = true)
            // A share, which nobody but this client counts.
            beats.confirmAll()
            return true
        }
        return (!isBeat || isAlone) && all.tryTake(isUrgent = false)
    }

    /** How long it takes until there are, at the latest: an answer of the server's can make it shorter. */
    fun timeUntil(
        isBeat: Boolean,
        isAlone: Boolean,
    ): Duration {
        val asOther = if (!isBeat || isAlone) all.timeUntil(isUrgent = false) else Duration.INFINITE
        val asBeat = if (isBeat) maxOf(all.timeUntil(isUrgent = true), beats.timeUntil(isUrgent = true)) else Duration.INFINITE
        val answer = askedAt?.let { patience - it.elapsedNow() }?.takeIf { it.isPositive() } ?: Duration.INFINITE
        return minOf(asOther, asBeat, answer)
    }

    /** A message that got its tokens does not leave. */
    fun giveBack() {
        all.giveBack()
    }

    /** Takes note of what the server has read; true when it is to be asked. */
    fun review(link: MeasuredLink): Boolean {
        val news = link.read - read
        if (news > 0) {
            read += news
            all.confirm(news)
            askedAt = null
        } else if (askedAt.let { it != null && it.elapsedNow() >= patience }) {
            all.confirmAll()
        }
        val asks = askedAt == null && link.left - read >= maxOf(1.0, limits.burst / PART_TO_ASK_AFTER)
        if (asks) askedAt = timeSource.markNow()
        return asks
    }

    private companion object {
        /** The server is asked as soon as it may not have read such a part of the burst. */
        const val PART_TO_ASK_AFTER = 8
    }
}
