package io.hypha.rpc.connection

import io.hypha.rpc.HyphaException
import kotlin.time.Duration

/** Where a connection stands. */
public sealed interface ConnectionState {
    /** The first link is being made. */
    public object Connecting : ConnectionState {
        override fun toString(): String = "Connecting"
    }

    /**
     * Messages flow.
     *
     * @property generation how many links this connection has had, this one included; the first is 1.
     */
    public class Connected(
        public val generation: Int,
    ) : ConnectionState {
        override fun equals(other: Any?): Boolean = other is Connected && other.generation == generation

        override fun hashCode(): Int = generation

        override fun toString(): String = "Connected(generation=$generation)"
    }

    /**
     * The link was lost, and the connection comes back by itself. Calls that are made now wait, as long as the option `reconnectWait` says.
     *
     * @property attempt the number of the attempt that is made, or waited for; the first is 1.
     * @property cause why the link was lost, or why the attempt before this one failed.
     * @property retryIn how long it was until the attempt when this state began; zero when it was made at once.
     */
    public class Reconnecting(
        public val attempt: Int,
        public val cause: HyphaException,
        public val retryIn: Duration,
    ) : ConnectionState {
        override fun toString(): String = "Reconnecting(attempt=$attempt, retryIn=$retryIn, cause=${cause.message})"
    }

    /**
     * The end; the connection does not come back.
     *
     * @property cause why; null when the user closed it.
     */
    public class Closed(
        public val cause: HyphaException?,
    ) : ConnectionState {
        override fun toString(): String = "Closed(${cause?.message ?: "by the user"})"
    }
}
