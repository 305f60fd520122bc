package io.hypha.rpc.hub.route

import io.hypha.rpc.wire.Bytes
import io.netty.buffer.ByteBuf

/**
 * The workspace manager as the router sees it: a peer of the workspace `*`, which speaks in the workspace of whom it speaks to.
 */
internal class ManagerPeer(
    id: String,
    private val user: Bytes,
    private val inbox: (ByteBuf) -> Unit,
) : Peer {
    override val address: String = "*/$id"
    override val toEntry: ByteArray = encodedEntry("to", address)

    /** What the hub writes into the manager's messages to clients of [workspace]. */
    fun stampFor(workspace: String): Stamp = Stamp(address, workspace, user)

    override fun deliver(frame: ByteBuf) {
        inbox(frame)
    }
}
