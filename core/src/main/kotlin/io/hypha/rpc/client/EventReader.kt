package io.hypha.rpc.client

import io.hypha.rpc.ProtocolException
import io.hypha.rpc.call.CallContext
import io.hypha.rpc.call.MessageReferences
import io.hypha.rpc.call.RpcEndpoint
import io.hypha.rpc.call.absoluteAddress
import io.hypha.rpc.call.workspaceOf
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.PlainValues
import io.hypha.rpc.wire.RoutingHeader

/** Decodes events: both segments merged, without what only the server may say (protocol §2.6, §10.1). */
internal class EventReader(
    private val endpoint: RpcEndpoint,
) {
    fun read(
        header: RoutingHeader,
        message: Bytes,
    ): HyphaEvent {
        val sender = header.from?.let { absoluteAddress(it, endpoint.workspace) }
        val references = MessageReferences(endpoint, sender ?: endpoint.me)
        val entries = merged(message) { endpoint.format.read(it, references) }
        return HyphaEvent(header.type, entries, sender?.let { context(header, it) }, isFromServer = sender == null, message.size)
    }

    /** The entries as they stand on the wire: for the connection's reader, on which no codec of a user's may run. */
    fun readPlain(message: Bytes): Map<String, Any?> = merged(message, PlainValues::read)

    private inline fun merged(
        message: Bytes,
        read: (MsgPackReader) -> Any?,
    ): Map<String, Any?> {
        val reader = MsgPackReader(message, endpoint.format.limits)
        val entries = linkedMapOf<String, Any?>()
        repeat(SEGMENTS) {
            if (reader.remaining == 0) return entries
            val segment = read(reader) as? Map<*, *> ?: throw ProtocolException("a segment of an event is no map")
            for ((key, value) in segment) if (key !in stamped) entries[key.toString()] = value
        }
        return entries
    }

    private fun context(
        header: RoutingHeader,
        sender: String,
    ) = CallContext(
        from = sender,
        to = header.to ?: endpoint.me,
        workspace = header.ws ?: workspaceOf(sender, endpoint.workspace),
        session = null,
        connectionType = endpoint.connectionType,
        encodedUser = header.user,
        limits = endpoint.format.limits,
    )

    private companion object {
        /** What follows the second one is ignored (protocol §2.1). */
        const val SEGMENTS = 2
        val stamped = setOf("type", "from", "to", "ws", "user", "ctx")
    }
}
