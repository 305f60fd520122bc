package io.hypha.rpc.connection

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import kotlin.time.ComparableTimeMark
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

/**
 * When the next attempt to come back is due: counts the attempts, and how often in a row a link was lost as soon as it was made (protocol
 * §1.11), and asks the policy. For the one coroutine that makes the attempts.
 */
internal class Attempts(
    private val policy: ReconnectPolicy,
    private val timeSource: TimeSource.WithComparableMarks,
    private val logger: HyphaLogger,
) {
    private var lostAt: ComparableTimeMark = timeSource.markNow()
    private var flaps = 0

    /** How many attempts there were since messages last flowed. */
    private var made = 0
    private var policyFailure: Throwable? = null

    /** The number of the attempt that is made, or waited for. */
    var number: Int = 0
        private set

    /** How long ago the link was lost. */
    val downtime: Duration get() = lostAt.elapsedNow()

    /** How long to wait after [end] until the next attempt; null when there is none. */
    fun after(end: LinkEnd): Duration? {
        if (end.lived != null) lost(end.lived, end.isWanted)
        if (end.isWanted) return anew()
        number++
        // What a policy of the user's computes may come out below nothing.
        val wait = ask(ReconnectAttempt(number, flaps, downtime, end.cause))?.coerceAtLeast(Duration.ZERO)
        if (wait != null) made++
        return wait
    }

    /** Somebody wants the next attempt at once: it counts as the first, and the policy is not asked. */
    fun anew(): Duration {
        flaps = 0
        number = 1
        made++
        return Duration.ZERO
    }

    /** Why the connection is over after [last], when there is no further attempt. */
    fun farewell(last: HyphaException): HyphaException {
        val failure = policyFailure
        return when {
            failure != null -> {
                ConnectionClosedException(
                    "the reconnect policy failed with ${failure::class.simpleName} (see the cause); before that: ${last.message}",
                    failure,
                )
            }

            made == 0 -> {
                last
            }

            else -> {
                ConnectionClosedException(
                    "gave up after ${downtime.inWholeSeconds.seconds} and $made attempts to come back: ${last.message}",
                    last,
                )
            }
        }
    }

    private fun lost(
        lived: Duration,
        isWanted: Boolean,
    ) {
        lostAt = timeSource.markNow()
        number = 0
        made = 0
        // A link that the user gave up is no sign of trouble.
        flaps = if (lived < ShortLife && !isWanted) flaps + 1 else 0
    }

    private fun ask(attempt: ReconnectAttempt): Duration? =
        try {
            policy.delayBefore(attempt)
        } catch (
            // Whatever it is, nobody would read the link any more if it got out of here.
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            logger.log(HyphaLogger.Level.Error, "the reconnect policy failed, so there is no further attempt", e)
            policyFailure = e
            null
        }

    private companion object {
        val ShortLife = 5.seconds
    }
}
