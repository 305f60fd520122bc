package io.hypha.rpc.jvm

import io.hypha.rpc.HyphaException
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.connection.ExponentialBackoff
import io.hypha.rpc.connection.ReconnectAttempt
import io.hypha.rpc.connection.ReconnectPolicy
import java.util.function.ToLongFunction
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** Coming back for Java, which cannot name what holds a Kotlin time. */
@InternalHyphaApi
public object JavaReconnection {
    /** A policy that waits as many milliseconds as [strategy] says, and gives up when these are less than 0. */
    @JvmStatic
    public fun policy(strategy: ToLongFunction<ReconnectAttempt>): ReconnectPolicy =
        ReconnectPolicy { attempt ->
            // The connection itself asks: what the strategy would wait for may need this very thread.
            val wait = EventThreads.call("the reconnect strategy") { strategy.applyAsLong(attempt) }
            if (wait < 0) null else wait.milliseconds
        }

    /** An [ExponentialBackoff]; times are nanoseconds, `Long.MAX_VALUE` for ever. */
    @JvmStatic
    public fun backoff(
        first: Long,
        longest: Long,
        factor: Double,
        jitter: Double,
        giveUpAfter: Long,
    ): ReconnectPolicy =
        ExponentialBackoff(Timeouts.duration(first), Timeouts.duration(longest), factor, jitter, Timeouts.duration(giveUpAfter))

    /** How many milliseconds [policy] waits before [attempt], no fewer than it says; less than 0 when it gives up. */
    @JvmStatic
    public fun milliseconds(
        policy: ReconnectPolicy,
        attempt: ReconnectAttempt,
    ): Long {
        val wait = policy.delayBefore(attempt) ?: return -1
        val whole = wait.inWholeMilliseconds
        return if (whole.milliseconds < wait) whole + 1 else whole
    }

    /** An attempt whose link was lost [downtime] nanoseconds ago. */
    @JvmStatic
    public fun attempt(
        number: Int,
        flaps: Int,
        downtime: Long,
        cause: HyphaException,
    ): ReconnectAttempt = ReconnectAttempt(number, flaps, Timeouts.duration(downtime), cause)

    /** The nanoseconds of [ReconnectAttempt.downtime]. */
    @JvmStatic
    public fun downtime(attempt: ReconnectAttempt): Long = nanoseconds(attempt.downtime)

    /** The nanoseconds of [ConnectionState.Reconnecting.retryIn]. */
    @JvmStatic
    public fun retryIn(state: ConnectionState.Reconnecting): Long = nanoseconds(state.retryIn)

    private fun nanoseconds(time: Duration): Long = time.inWholeNanoseconds
}
