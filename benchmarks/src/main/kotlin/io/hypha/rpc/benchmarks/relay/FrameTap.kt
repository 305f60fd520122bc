package io.hypha.rpc.benchmarks.relay

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkedPair
import io.hypha.rpc.transport.Transport
import io.hypha.rpc.wire.ByteChain
import kotlinx.serialization.json.JsonPrimitive
import java.util.concurrent.CopyOnWriteArrayList

/**
 * A client whose frames are measured on their way out.
 *
 * @property sizes the bytes of each frame, in order.
 */
internal class FrameTap private constructor(
    val connection: HyphaConnection,
    val sizes: MutableList<Int>,
) {
    companion object {
        /** Runs [action] with two clients that are each other's far end, named as they are at a hub. */
        suspend fun <T> use(action: suspend (caller: FrameTap, provider: FrameTap) -> T): T {
            val pair = LinkedPair(info("caller"), info("provider"))
            val caller = connect(pair.left)
            val provider = connect(pair.right)
            return caller.connection.use { provider.connection.use { action(caller, provider) } }
        }

        private suspend fun connect(link: Link): FrameTap {
            val sizes = CopyOnWriteArrayList<Int>()
            val tapped =
                object : Link by link {
                    override suspend fun send(message: ByteChain) {
                        sizes += message.size
                        link.send(message)
                    }
                }
            val transport =
                object : Transport {
                    override suspend fun open(identity: Identity): Link = tapped
                }
            return FrameTap(HyphaConnection.connect(transport, HyphaOptions(), announces = false), sizes)
        }

        private fun info(clientId: String) =
            ConnectionInfo.of(
                "workspace" to JsonPrimitive("ws-user-anonymouz-stately-tern-12345678"),
                "client_id" to JsonPrimitive("$clientId-0123456789abcdef".take(CLIENT_ID)),
                "public_base_url" to JsonPrimitive("http://127.0.0.1:9527"),
            )

        /** As long as the ids that clients give themselves. */
        private const val CLIENT_ID = 22
    }
}
