package io.hypha.rpc.client

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.call.RpcEndpoint
import io.hypha.rpc.call.absoluteAddress
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.RoutingHeader

/**
 * Takes every message that is no call: does at once what the server demands by it, and hands it to who listens. Runs on the reader of the
 * connection, so it decodes no more than it must.
 *
 * @param manager the address of the workspace manager.
 * @param end ends the connection for good.
 */
internal class IncomingEvents(
    private val endpoint: RpcEndpoint,
    private val events: Events,
    private val manager: () -> String,
    private val end: (HyphaException) -> Unit,
) {
    private val reader = EventReader(endpoint)

    fun take(
        header: RoutingHeader,
        message: Bytes,
    ) {
        // Only the server sends messages without a sender: a client cannot make others disappear (protocol §10.2, §15.1 Q8).
        if (header.from == null) takeFromServer(header, message)
        events.offer(header.type, message.size, header.from) { reader.read(header, message) }
        if (header.type == "force-exit" && header.from == manager()) leave(message)
    }

    private fun takeFromServer(
        header: RoutingHeader,
        message: Bytes,
    ) {
        when (header.type) {
            ServerEvents.CLIENT_DISCONNECTED -> clientDisconnected(reader.readPlain(message))
            "error" -> endpoint.logger.log(HyphaLogger.Level.Warn, "the server says: ${text(message, "message")}", null)
        }
    }

    private fun clientDisconnected(entries: Map<String, Any?>) {
        val data = entries["data"] as? Map<*, *> ?: entries
        val id = data["id"] as? String ?: return
        val address = absoluteAddress(id, data["workspace"] as? String ?: endpoint.workspace)
        val cleaned = endpoint.peerGone(address)
        val told =
            mapOf(
                "client_id" to address,
                "sessions_cleaned" to cleaned.sessions.toLong(),
                "rintf_cleaned" to cleaned.interfaces.toLong(),
            )
        events.tell(LocalEvents.REMOTE_CLIENT_DISCONNECTED, told)
    }

    /** The server sends this client away (protocol §10.5). */
    private fun leave(message: Bytes) {
        end(ConnectionClosedException("the server has ended the connection: ${text(message, "reason")}"))
    }

    private fun text(
        message: Bytes,
        key: String,
    ): String = (reader.readPlain(message)[key] as? String ?: "it gave no reason").take(LONGEST_TEXT)

    private companion object {
        /** What a server says of an error may be long, and does not belong into a log whole. */
        const val LONGEST_TEXT = 500
    }
}
