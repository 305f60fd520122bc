package io.hypha.rpc.connection

import io.hypha.rpc.HyphaException
import kotlin.time.ComparableTimeMark
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

/** Counts the attempts to come back, and how often in a row a link was lost as soon as it was made (protocol §1.11). */
internal class Attempts(
    private val timeSource: TimeSource.WithComparableMarks,
) {
    private var lostAt: ComparableTimeMark = timeSource.markNow()
    private var flaps = 0

    /** The number of the attempt that is made, or waited for. */
    var number: Int = 0
        private set

    /** A link was lost that was connected for [lived]; one that the user gave up is no sign of trouble. */
    fun lost(
        lived: Duration,
        isWanted: Boolean,
    ) {
        lostAt = timeSource.markNow()
        number = 0
        flaps = if (lived < ShortLife && !isWanted) flaps + 1 else 0
    }

    /** The next attempt, [cause] being why it is made. */
    fun next(cause: HyphaException): ReconnectAttempt = ReconnectAttempt(++number, flaps, lostAt.elapsedNow(), cause)

    private companion object {
        val ShortLife = 5.seconds
    }
}
