package io.hypha.rpc.connection

import kotlin.time.ComparableTimeMark
import kotlin.time.Duration

/** Adds up how long something has been held back. [start] is when its clock began. Not safe for several threads: its owner has a lock. */
internal class PacedTime(
    private val start: ComparableTimeMark,
) {
    private var sum = Duration.ZERO
    private var since: Duration? = null
    private var told = Duration.ZERO

    val total: Duration get() = sum + (since?.let { start.elapsedNow() - it } ?: Duration.ZERO)

    /** It is held back from now on, if it was not before. */
    fun begin() {
        if (since == null) since = start.elapsedNow()
    }

    /** What was added since this was last asked for. */
    fun takeNews(): Duration = (sum - told).also { told = sum }

    /** It is held back no longer. */
    fun end() {
        sum = total
        since = null
    }
}
