package io.hypha.rpc.hub.login

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaOptions
import io.hypha.rpc.hub.auth.Authenticator
import io.hypha.rpc.hub.auth.Scope
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.manager.ManagerLink
import io.hypha.rpc.hub.route.ClientTable
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.hub.route.Outbox
import io.hypha.rpc.hub.route.Router
import io.hypha.rpc.hub.socket.Server
import io.hypha.rpc.service.Service
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.wire.Bytes
import io.netty.buffer.ByteBuf
import io.netty.buffer.ByteBufUtil
import kotlinx.serialization.json.JsonPrimitive
import kotlin.time.Duration

/** The client of the workspace `public` that offers the login service: within this process, otherwise like any other. */
internal class LoginPeer private constructor(
    private val connection: HyphaConnection,
) : AutoCloseable {
    override fun close() {
        connection.close()
    }

    companion object {
        private const val ID = "hypha-login"
        private const val MOST_WAITING = 16L shl 20

        /** Joins the workspace and registers [service]; the workspace manager must be there. */
        suspend fun start(
            server: Server,
            router: Router,
            clients: ClientTable,
            options: HyphaOptions,
            service: Service,
        ): LoginPeer {
            lateinit var client: HubClient
            val link = ManagerLink(info(server), MOST_WAITING) { frame -> router.route(client, frame) }
            client = HubClient(Authenticator.PUBLIC, ID, user(), WorkspacePermission.ReadWrite, InProcess(link))
            check(clients.addIfFree(client) == null) { "The hub's own login client is there already" }
            options.clientId = ID
            options.pingInterval = Duration.INFINITE
            options.maxLongMessageBytes = MOST_WAITING
            val connection = HyphaConnection.connect(link, options)
            connection.registerService(service)
            return LoginPeer(connection)
        }

        private fun user(): UserInfo {
            val workspaces = mapOf(Authenticator.PUBLIC to WorkspacePermission.ReadWrite)
            return UserInfo(ID, scope = Scope(workspaces, Authenticator.PUBLIC, ID))
        }

        private fun info(server: Server): ConnectionInfo =
            ConnectionInfo.of(
                "workspace" to JsonPrimitive(Authenticator.PUBLIC),
                "client_id" to JsonPrimitive(ID),
                "manager_id" to JsonPrimitive(server.managerId),
                "public_base_url" to JsonPrimitive(server.publicUrl),
            )
    }

    /** The way to the client without a socket. What does not fit is dropped: who called finds its call timed out. */
    private class InProcess(
        private val link: ManagerLink,
    ) : Outbox {
        override fun send(frame: ByteBuf) {
            link.offer(Bytes(ByteBufUtil.getBytes(frame)))
            frame.release()
        }

        override fun close(
            code: Int,
            reason: String,
        ) {
            link.close(reason)
        }

        override fun cut() {
            link.close("")
        }

        override suspend fun isAlive(): Boolean = true
    }
}
