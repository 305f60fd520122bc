package io.hypha.rpc.hub.route

import io.netty.buffer.ByteBuf

/** Whoever messages can be sent to: a connected client, or the workspace manager. */
internal interface Peer {
    /** The absolute address, `workspace/client_id`; the workspace of the manager is `*`. */
    val address: String

    /** The encoded entry `to` of messages to this peer. */
    val toEntry: ByteArray

    /** Hands over one frame and its ownership. Never waits; order is kept for frames from one thread. */
    fun deliver(frame: ByteBuf)
}
