package io.hypha.rpc.connection

import io.hypha.rpc.HyphaException
import kotlin.time.Duration

/**
 * How long to wait before the next attempt to come back, and when to give up. One connection asks one at a time, from its own coroutine, so
 * the answer must be at hand. The default is an [ExponentialBackoff]. It is not asked for the first connection, which is made or fails at once,
 * nor for what `forceReconnect` makes.
 */
public fun interface ReconnectPolicy {
    /**
     * How long to wait before [attempt]: nothing or less for no wait, `Duration.INFINITE` to wait for a `forceReconnect`, null to give up, which
     * closes the connection for good. So does a policy that throws.
     */
    public fun delayBefore(attempt: ReconnectAttempt): Duration?

    /** Policies. */
    public companion object {
        /** Never comes back: the end of the link is the end of the connection. */
        public val Never: ReconnectPolicy = ReconnectPolicy { null }
    }
}

/**
 * An attempt to come back that is about to be made.
 *
 * @property number how many attempts there were since messages last flowed, or since a `forceReconnect`, this one included; the first is 1.
 * @property flaps how often in a row, this time included, the link was lost within five seconds after it was made (protocol §1.11); 0 when
 *   it lasted longer. Two programs that take the same client id from each other lose their links in this way.
 * @property downtime how long ago the link was lost.
 * @property cause why the link was lost, or why the attempt before this one failed.
 */
public class ReconnectAttempt(
    public val number: Int,
    public val flaps: Int,
    public val downtime: Duration,
    public val cause: HyphaException,
) {
    override fun toString(): String = "ReconnectAttempt(number=$number, flaps=$flaps, downtime=$downtime, cause=${cause.message})"
}
