package io.hypha.rpc.hub.manager

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.route.HubFrames
import io.hypha.rpc.hub.route.ManagerPeer
import io.hypha.rpc.hub.route.Router
import io.hypha.rpc.hub.socket.Server
import io.hypha.rpc.service.Service
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.RoutingHeader
import io.netty.buffer.ByteBuf
import io.netty.buffer.ByteBufUtil
import kotlinx.serialization.json.JsonPrimitive
import kotlin.time.Duration

/**
 * The workspace manager: a peer in the workspace `*` that other clients call like any other (protocol §8). It lives in this process
 * and has no limits on its messages.
 */
internal class Manager private constructor(
    private val connection: HyphaConnection,
) : AutoCloseable {
    override fun close() {
        connection.close()
    }

    /** Waits until nothing of it runs any more. */
    suspend fun awaitClosed() {
        connection.awaitClosed()
    }

    companion object {
        private const val MOST_WAITING = 256L shl 20
        private const val OVERLOADED = "OverloadedError: The workspace manager has too much to do; call again later"

        /** Starts a manager that offers the service which [service] makes, and puts it in the router's hands. */
        suspend fun start(
            server: Server,
            router: Router,
            options: HyphaOptions,
            service: (HyphaConnection) -> Service,
        ): Manager {
            lateinit var peer: ManagerPeer
            val link = ManagerLink(info(server), MOST_WAITING) { frame -> router.routeFromManager(peer, frame) }
            peer = ManagerPeer(server.managerId, UserInfo.Root) { frame -> deliver(link, router, frame) }
            options.clientId = server.managerId
            options.pingInterval = Duration.INFINITE
            options.maxLongMessageBytes = MOST_WAITING
            val connection = HyphaConnection.connect(link, options, announces = false)
            connection.provideService(service(connection))
            router.manager = peer
            return Manager(connection)
        }

        private fun info(server: Server): ConnectionInfo =
            ConnectionInfo.of(
                "workspace" to JsonPrimitive("*"),
                "client_id" to JsonPrimitive(server.managerId),
                "manager_id" to JsonPrimitive(server.managerId),
                "public_base_url" to JsonPrimitive(server.publicUrl),
            )

        private fun deliver(
            link: ManagerLink,
            router: Router,
            frame: ByteBuf,
        ) {
            val message = Bytes(ByteBufUtil.getBytes(frame))
            frame.release()
            if (!link.offer(message)) refuse(router, message)
        }

        private fun refuse(
            router: Router,
            message: Bytes,
        ) {
            val header = RoutingHeader.read(MsgPackReader(message))
            val caller = header.from
            val session = header.session
            if (caller != null && session != null) {
                router.deliver(caller, HubFrames.reject(caller, header.to.orEmpty(), session, OVERLOADED))
            }
        }
    }
}
