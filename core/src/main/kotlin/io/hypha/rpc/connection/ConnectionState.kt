package io.hypha.rpc.connection

import io.hypha.rpc.HyphaException

/** Where a connection stands. */
public sealed interface ConnectionState {
    /** The first handshake is under way. */
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
