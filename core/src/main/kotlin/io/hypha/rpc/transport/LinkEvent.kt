package io.hypha.rpc.transport

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.wire.Bytes

/** What arrives on a [Link]. */
@InternalHyphaApi
public sealed interface LinkEvent {
    /** One whole binary message. */
    public class Message(
        public val bytes: Bytes,
    ) : LinkEvent

    /** The answer to a ping. */
    public object Pong : LinkEvent

    /** A fresh reconnection token. */
    public class ReconnectionToken(
        public val token: String,
    ) : LinkEvent

    /** The end. [code] is the WebSocket close code where there is one; 1006 stands for an abrupt end. */
    public class Closed(
        public val code: Int,
        public val reason: String,
    ) : LinkEvent
}
