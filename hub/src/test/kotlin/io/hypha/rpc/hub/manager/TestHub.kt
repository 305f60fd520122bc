package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.HubOptions
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.ktor.ConnectOptions
import io.hypha.rpc.ktor.connectToServer
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runInterruptible
import kotlinx.coroutines.withTimeout
import kotlin.time.Duration.Companion.seconds

/** A hub and the clients of a test, which all end with it. */
internal class TestHub(
    configure: HubOptions.Builder.() -> Unit = {},
) {
    val hub = HyphaHub.start(configure)
    private val clients = mutableListOf<HyphaConnection>()

    /** Connects the user [user] to its own workspace, or to another one with a permission for it. */
    suspend fun connect(
        user: String,
        id: String,
        workspace: String? = null,
        permission: WorkspacePermission = WorkspacePermission.Admin,
    ): HyphaConnection = connectWith(id, hub.createToken(user, workspace, permission))

    suspend fun connectWith(
        id: String,
        token: String?,
        workspace: String? = null,
        configure: ConnectOptions.() -> Unit = {},
    ): HyphaConnection {
        val client =
            connectToServer(hub.url) {
                clientId = id
                this.token = token
                this.workspace = workspace
                configure()
            }
        clients += client
        return client
    }

    /** Ends everything; what does not end in time is an error with a name, for nothing watches over the end of a test class. */
    suspend fun close() {
        clients.forEach { it.close() }
        withTimeout(20.seconds) { clients.forEach { it.awaitClosed() } }
        withTimeout(20.seconds) { runInterruptible(Dispatchers.IO) { hub.close() } }
    }
}
