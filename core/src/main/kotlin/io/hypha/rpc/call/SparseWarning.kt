package io.hypha.rpc.call

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.debug
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlin.time.ComparableTimeMark
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.TimeSource

/**
 * Warns of what a server or peer may do without end: of the first time at once, and then no more than once in [pause], with the number of those
 * in between. Those are told at debug.
 */
internal class SparseWarning(
    private val logger: HyphaLogger,
    private val timeSource: TimeSource.WithComparableMarks,
    private val pause: Duration = 1.minutes,
) {
    private val lock = Lock()
    private var last: ComparableTimeMark? = null
    private var untold = 0L

    fun warn(message: String) {
        val before =
            lock.withLock {
                if (last.let { it != null && it.elapsedNow() < pause }) {
                    untold++
                    null
                } else {
                    last = timeSource.markNow()
                    untold.also { untold = 0 }
                }
            }
        when (before) {
            null -> logger.debug { message }
            0L -> logger.log(HyphaLogger.Level.Warn, message, null)
            else -> logger.log(HyphaLogger.Level.Warn, "$message; $before more since the last such warning", null)
        }
    }
}
