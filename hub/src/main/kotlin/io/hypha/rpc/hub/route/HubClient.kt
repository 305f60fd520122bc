package io.hypha.rpc.hub.route

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.auth.UserInfo
import io.netty.buffer.ByteBuf
import java.util.concurrent.ConcurrentHashMap

/**
 * One accepted connection. A later connection of the same client is another object: whoever cleans up after this one cannot
 * touch its successor.
 *
 * @property workspace the workspace that the client joined.
 * @property id the client id, unique in its workspace.
 * @property user the user as other clients see it.
 * @property permission what the user may do in [workspace].
 */
internal class HubClient(
    val workspace: String,
    val id: String,
    val user: UserInfo,
    val permission: WorkspacePermission,
    private val outbox: Outbox,
) : Peer,
    Outbox by outbox {
    override val address: String = "$workspace/$id"
    override val toEntry: ByteArray = encodedEntry("to", address)

    /** What the hub writes into every message of this client. */
    val stamp: Stamp = Stamp(address, workspace, user.encoded())

    /** Types of the broadcasts that the client wants (protocol §10.2); they end with the connection. */
    val subscriptions: MutableSet<String> = ConcurrentHashMap.newKeySet()

    /** Clients of other workspaces that have dealt with this one. */
    val foreignSenders: ForeignSenders = ForeignSenders()

    /** What the client has to do, where its id asks for it to be counted; null elsewhere. */
    val load: LoadMeter? = LoadMeter.of(id)

    override fun deliver(frame: ByteBuf) {
        outbox.send(frame)
    }

    override fun toString(): String = address
}
