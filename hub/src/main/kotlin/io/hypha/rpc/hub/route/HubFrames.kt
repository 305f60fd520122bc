package io.hypha.rpc.hub.route

import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.PlainValues
import io.hypha.rpc.wire.RoutingHeader
import io.netty.buffer.ByteBuf
import io.netty.buffer.Unpooled

/** The messages that the hub itself sends (protocol §2.5, §10.2). None of them has a sender, which clients cannot imitate. */
internal object HubFrames {
    /** Ends the call [session] of [caller] with an error, in the name of [target]. */
    fun reject(
        caller: String,
        target: String,
        session: String,
        error: String,
    ): ByteBuf =
        frame {
            RoutingHeader(type = "method", from = target, to = caller, method = "$session.reject").write(this)
            PlainValues.write(this, mapOf("args" to listOf(mapOf("_rtype" to "error", "_rvalue" to error, "_rtrace" to ""))))
        }

    /** Tells a caller from another workspace that [peer] is gone, so that none of its calls to it waits any longer. */
    fun peerNotFound(
        caller: String,
        peer: String,
    ): ByteBuf =
        event(
            mapOf("type" to "peer_not_found", "to" to caller, "peer_id" to peer, "error" to notConnected(peer)),
        )

    /** A system event; [data] describes what happened. */
    fun event(
        type: String,
        data: Map<String, Any?>,
    ): ByteBuf = event(mapOf("type" to type, "to" to "*", "data" to data))

    /** A line for the log of a client whose message could not be used. */
    fun problem(
        client: String,
        message: String,
    ): ByteBuf = event(mapOf("type" to "error", "to" to client, "message" to message))

    /** The error of calls to somebody who is not there. */
    fun notConnected(address: String): String = "Target peer $address is not connected"

    private fun event(message: Map<String, Any?>): ByteBuf = frame { PlainValues.write(this, message) }

    private fun frame(write: MsgPackWriter.() -> Unit): ByteBuf {
        val writer = MsgPackWriter()
        writer.write()
        return Unpooled.wrappedBuffer(writer.finish().toByteArray())
    }
}
