package io.hypha.rpc.hub.route

import io.hypha.rpc.ProtocolException
import io.hypha.rpc.call.WorkspacePermission
import io.netty.buffer.ByteBuf

/**
 * Passes frames on (protocol §2.3 to §2.5). Runs on the thread that read the frame, and never waits for a receiver.
 *
 * The hub is one node and knows every client, so a message that waits for a reply is answered at once when nobody has its
 * address. Who may call what is not decided here: the receiver does that.
 */
internal class Router(
    private val clients: ClientTable,
) {
    /** The workspace manager, as soon as there is one. */
    @Volatile
    var manager: ManagerPeer? = null

    /** Routes one frame of [sender]; the caller keeps its own ownership of [frame]. A frame that is no message goes nowhere. */
    fun route(
        sender: HubClient,
        frame: ByteBuf,
    ) {
        sender.load?.count()
        val segment =
            try {
                Splice.scan(frame)
            } catch (e: ProtocolException) {
                sender.deliver(HubFrames.problem(sender.address, "Dropped a malformed message: ${e.message}"))
                return
            }
        val to = segment.to
        when {
            to == null -> {
                sender.deliver(HubFrames.problem(sender.address, "Dropped a message without a receiver: it has no `to`"))
            }

            segment.type in SystemEvents.FROM_HUB_ONLY -> {
                refuse(sender, segment, sender.address, "PermissionError: Only the hub sends messages of type ${segment.type}")
            }

            to == "*" -> {
                broadcast(sender, segment, frame)
            }

            to.endsWith("/*") -> {
                broadcastTo(to.removeSuffix("/*"), sender, segment, frame)
            }

            else -> {
                pass(sender, segment, frame, if ('/' in to) to else "${sender.workspace}/$to")
            }
        }
    }

    /** Routes one frame of the manager: the workspace is that of the receiver (protocol §2.2), which may be itself. */
    fun routeFromManager(
        sender: ManagerPeer,
        frame: ByteBuf,
    ) {
        val segment = Splice.scan(frame)
        val to = segment.to ?: throw ProtocolException("The manager sent a message without a receiver")
        val target = clients[to]
        if (target != null) {
            target.deliver(Splice.splice(frame, segment, target.toEntry, sender.stampFor(target.workspace, segment)))
        } else if (to == sender.address) {
            sender.deliver(Splice.splice(frame, segment, sender.toEntry, sender.stampFor("*", segment)))
        } else if (segment.session != null) {
            sender.deliver(HubFrames.reject(sender.address, to, segment.session, HubFrames.notConnected(to)))
        }
    }

    /** Hands a message of the hub to one client, if it is there. */
    fun deliver(
        address: String,
        frame: ByteBuf,
    ) {
        val target = clients[address]
        if (target == null) frame.release() else target.deliver(frame)
    }

    /** Tells everybody in [workspace] who asked for it what happened there. */
    fun announce(
        workspace: String,
        type: String,
        data: Map<String, Any?>,
    ) {
        val receivers = clients.inWorkspace(workspace).filter { type in it.subscriptions }
        if (receivers.isEmpty()) return
        val frame = HubFrames.event(type, data)
        for (receiver in receivers) receiver.deliver(frame.retainedDuplicate())
        frame.release()
    }

    private fun pass(
        sender: HubClient,
        segment: RoutingSegment,
        frame: ByteBuf,
        address: String,
    ) {
        val target = clients[address] ?: manager?.takeIf { it.address == address }
        if (target == null) {
            if (segment.session != null) refuse(sender, segment, address, HubFrames.notConnected(address))
            return
        }
        if (target is HubClient && target.workspace != sender.workspace) target.foreignSenders.add(sender.address) { clients[it] != null }
        target.deliver(Splice.splice(frame, segment, target.toEntry, sender.stamp))
    }

    private fun broadcastTo(
        workspace: String,
        sender: HubClient,
        segment: RoutingSegment,
        frame: ByteBuf,
    ) {
        if (workspace == sender.workspace) {
            broadcast(sender, segment, frame)
        } else {
            val error = "PermissionError: ${sender.address} cannot broadcast messages in another workspace: $workspace"
            refuse(sender, segment, "$workspace/*", error)
        }
    }

    private fun broadcast(
        sender: HubClient,
        segment: RoutingSegment,
        frame: ByteBuf,
    ) {
        val address = "${sender.workspace}/*"
        if (!sender.permission.allows(WorkspacePermission.ReadWrite)) {
            val error = "PermissionError: Read-only client ${sender.address} cannot broadcast messages. It needs read_write permission"
            refuse(sender, segment, address, error)
            return
        }
        val receivers = clients.inWorkspace(sender.workspace).filter { segment.type in it.subscriptions }
        if (receivers.isEmpty()) return
        val outgoing = Splice.splice(frame, segment, encodedEntry("to", address), sender.stamp)
        for (receiver in receivers) receiver.deliver(outgoing.retainedDuplicate())
        outgoing.release()
    }

    /** Who waits for a reply gets an error as the reply, others a line in their log. */
    private fun refuse(
        sender: HubClient,
        segment: RoutingSegment,
        target: String,
        error: String,
    ) {
        val answer =
            if (segment.session != null) {
                HubFrames.reject(sender.address, target, segment.session, error)
            } else {
                HubFrames.problem(sender.address, error)
            }
        sender.deliver(answer)
    }
}
