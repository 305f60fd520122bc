package io.hypha.rpc.leaks

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.testing.infoOf
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.transport.LinkedPair
import io.hypha.rpc.transport.Transport
import io.hypha.rpc.wire.ByteChain
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.PlainValues
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.yield

/**
 * A server in memory whose links can be cut. It forwards messages, answers every call of its manager with nil, and tells who is still there
 * of who has left.
 */
internal class CuttableServer(
    private val scope: CoroutineScope,
) : Transport {
    private val links = HashMap<String, Link>()

    /** How many links are open. */
    val size: Int get() = links.size

    override suspend fun open(identity: Identity): Link {
        val address = "ws/${identity.clientId}"
        val pair = LinkedPair(infoOf(identity.clientId), infoOf("server", "*"), capacity = 1024)
        links[address] = pair.right
        scope.launch { serve(address, pair.right) }
        return pair.left
    }

    /** Ends the link of a client without a word. */
    fun cut(clientId: String) {
        links.getValue("ws/$clientId").close("cut")
    }

    private suspend fun serve(
        address: String,
        link: Link,
    ) {
        while (true) {
            val event = link.receive()
            if (event is LinkEvent.Message) forward(address, link, event.bytes)
            if (event is LinkEvent.Closed) break
        }
        if (links[address] === link) links -= address
        val gone = mapOf("id" to address.substringAfter('/'), "workspace" to "ws")
        links.values.toList().forEach { it.deliver(encoded(mapOf("type" to "client_disconnected", "to" to "*", "data" to gone))) }
    }

    private suspend fun forward(
        sender: String,
        link: Link,
        message: Bytes,
    ) {
        val reader = MsgPackReader(message)
        val main = PlainValues.read(reader) as Map<*, *>
        val to = main["to"] as String
        val target = if ('/' in to) to else "ws/$to"
        val session = main["session"]
        when {
            target == MANAGER -> answer(sender, link, session)
            target in links -> pass(main + ("from" to sender) + ("ws" to "ws"), message.slice(reader.position), links.getValue(target))
            session != null -> refuse(sender, target, link, session)
        }
    }

    private suspend fun pass(
        main: Map<*, *>,
        payload: Bytes,
        link: Link,
    ) {
        val out = MsgPackWriter()
        PlainValues.write(out, main)
        out.writeRaw(payload)
        link.deliver(out.finish())
    }

    private suspend fun answer(
        to: String,
        link: Link,
        session: Any?,
    ) {
        val main = mapOf("type" to "method", "from" to MANAGER, "to" to to, "method" to "$session.resolve", "parent" to session)
        link.deliver(encoded(main, mapOf("args" to listOf(null))))
    }

    private suspend fun refuse(
        to: String,
        target: String,
        link: Link,
        session: Any?,
    ) {
        val error = "Peer $target is not connected"
        link.deliver(encoded(mapOf("type" to "peer_not_found", "to" to to, "peer_id" to target, "session" to session, "error" to error)))
    }

    /** Who has just left does not get it. */
    private suspend fun Link.deliver(message: ByteChain) {
        try {
            send(message)
        } catch (_: ConnectionClosedException) {
            yield()
        }
    }

    private fun encoded(vararg segments: Map<*, *>) =
        MsgPackWriter()
            .also { out ->
                segments.forEach { PlainValues.write(out, it) }
            }.finish()

    private companion object {
        const val MANAGER = "*/manager-1"
    }
}
