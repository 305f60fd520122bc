package io.hypha.rpc.hub.route

import io.hypha.rpc.hub.auth.UserInfo
import io.netty.buffer.ByteBuf

/**
 * The workspace manager as the router sees it: a peer of the workspace `*`, which speaks in the workspace of whom it speaks to.
 */
internal class ManagerPeer(
    id: String,
    user: UserInfo,
    private val inbox: (ByteBuf) -> Unit,
) : Peer {
    override val address: String = "*/$id"
    override val toEntry: ByteArray = encodedEntry("to", address)
    private val encodedUser = user.encoded()

    /**
     * What the hub writes into the manager's message to a client of [workspace]. The manager may do everything, but it calls the
     * services of clients because somebody else asks for it, who must not borrow that.
     */
    fun stampFor(
        workspace: String,
        message: RoutingSegment,
    ): Stamp = Stamp(address, workspace, if (isForOthers(message.method.orEmpty())) nobody else encodedUser)

    private fun isForOthers(method: String): Boolean = method.startsWith("services.") && !method.startsWith("services.built-in.")

    override fun deliver(frame: ByteBuf) {
        inbox(frame)
    }

    private companion object {
        val nobody = UserInfo("anonymouz-manager", listOf(UserInfo.ANONYMOUS)).encoded()
    }
}
