package io.hypha.rpc.transport

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.wire.ByteChain

/** One established connection. A link is used by one connection and never comes back after its end. */
@InternalHyphaApi
public interface Link {
    /** What the server said of itself and of this client (protocol §1.4). */
    public val info: ConnectionInfo

    /** The `connection_type` that the contexts of calls over this link carry, such as `websocket`. */
    public val connectionType: String

    /**
     * The next thing that arrived, in order; suspends until there is one. For one reader at a time. After [LinkEvent.Closed] every
     * further call returns it again.
     */
    public suspend fun receive(): LinkEvent

    /**
     * Sends one message, whole, and suspends while the link can take no more. Safe to call from any number of coroutines; messages
     * leave in the order in which the calls were made.
     *
     * @throws io.hypha.rpc.ConnectionClosedException when the link has ended; its `didNotRun` is true when it is certain that it took nothing
     *   of the message.
     */
    public suspend fun send(message: ByteChain)

    /** Sends a control message of this transport. */
    public suspend fun control(message: ControlMessage)

    /** Ends the link: the peer sees a normal end with [reason], and who waits in [send] fails. Returns at once and may be called again. */
    public fun close(reason: String)
}

/** What a client may tell the server beside its messages (protocol §1.6). */
@InternalHyphaApi
public enum class ControlMessage {
    /** Keeps an idle connection open; answered by [LinkEvent.Pong]. */
    Ping,

    /** Asks for a fresh reconnection token; answered by [LinkEvent.ReconnectionToken]. */
    RefreshToken,
}
