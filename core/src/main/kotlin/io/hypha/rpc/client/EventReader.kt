package io.hypha.rpc.client

import io.hypha.rpc.call.CallContext
import io.hypha.rpc.call.MessageReferences
import io.hypha.rpc.call.RpcEndpoint
import io.hypha.rpc.call.absoluteAddress
import io.hypha.rpc.call.workspaceOf
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.RoutingHeader

/** Decodes events: both segments merged, without what only the server may say (protocol §2.6, §10.1). */
internal class EventReader(
    private val endpoint: RpcEndpoint,
) {
    fun read(
        header: RoutingHeader,
        message: Bytes,
    ): HyphaEvent {
        val reader = MsgPackReader(message, endpoint.format.limits)
        val sender = header.from?.let { absoluteAddress(it, endpoint.workspace) }
        val references = MessageReferences(endpoint, sender ?: endpoint.me)
        val entries = linkedMapOf<String, Any?>()
        while (reader.remaining > 0) {
            val segment = endpoint.format.read(reader, references) as? Map<*, *> ?: break
            for ((key, value) in segment) if (key !in stamped) entries[key.toString()] = value
        }
        return HyphaEvent(header.type, entries, sender?.let { context(header, it) })
    }

    private fun context(
        header: RoutingHeader,
        sender: String,
    ) = CallContext(
        from = sender,
        to = header.to ?: endpoint.me,
        workspace = header.ws ?: workspaceOf(sender, endpoint.workspace),
        connectionType = endpoint.connectionType,
        encodedUser = header.user,
        limits = endpoint.format.limits,
    )

    private companion object {
        val stamped = setOf("type", "from", "to", "ws", "user", "ctx")
    }
}
