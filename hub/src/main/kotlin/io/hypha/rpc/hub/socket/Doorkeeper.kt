package io.hypha.rpc.hub.socket

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.auth.Authenticator
import io.hypha.rpc.hub.auth.Credentials
import io.hypha.rpc.hub.auth.Identity
import io.hypha.rpc.hub.auth.Refusal
import io.hypha.rpc.hub.auth.Scope
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.route.ClientTable
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.hub.route.Outbox
import io.hypha.rpc.hub.workspace.Workspaces
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive
import kotlin.random.Random
import kotlin.time.Duration

/**
 * Decides who comes in (protocol §1.3, steps 4 to 12).
 *
 * @param reconnectDelay the longest random wait before a reconnection goes on, against all clients coming back at once.
 */
internal class Doorkeeper(
    private val authenticator: Authenticator,
    private val workspaces: Workspaces,
    private val clients: ClientTable,
    private val presence: Presence,
    private val admission: Admission = Admission(),
    private val reconnectDelay: Duration = Duration.ZERO,
) {
    /**
     * Lets a client in or throws a [Refusal].
     *
     * @param welcome is called in the same breath in which the client can first be reached by others.
     */
    suspend fun admit(
        credentials: Credentials,
        outbox: Outbox,
        welcome: (HubClient) -> Unit,
    ): HubClient =
        admission.admit {
            val returning = credentials.reconnectionToken != null
            if (returning) delay(reconnectDelay * Random.nextDouble())
            val client = client(credentials.clientId, authenticator.identify(credentials), outbox)
            checkRoom(client)
            currentCoroutineContext().ensureActive()
            if (returning) takeOver(client) else takePlace(client)
            stayInExistence(client)
            welcome(client)
            client
        }

    private fun client(
        id: String,
        identity: Identity,
        outbox: Outbox,
    ): HubClient {
        val user = identity.user
        val name = identity.workspace
        val workspace = workspaces.find(name, user) ?: throw missing(name)
        val permission = workspace.permissionOf(user) ?: throw Refusal.setUp("Permission denied for workspace: $name")
        if (!isClientId(id)) throw Refusal.setUp("Invalid client id: ${id.take(LONGEST_ID)}")
        return HubClient(name, id, joined(user, name, id, permission), permission, outbox)
    }

    /** A temporary workspace may have ended between the moments in which it was found and in which the client was in it. */
    private fun stayInExistence(client: HubClient) {
        if (workspaces.find(client.workspace, client.user) != null) return
        presence.left(client)
        throw missing(client.workspace)
    }

    /** Scopes are words in one text (protocol §9.4): an id with a blank would add to that of the reconnection token. */
    private fun isClientId(id: String): Boolean =
        id.isNotEmpty() && id.length <= LONGEST_ID && id != "*" && id.none { it == '/' || it.isWhitespace() || it.isISOControl() }

    private fun missing(workspace: String) = Refusal.setUp("'Workspace $workspace does not exist or is not accessible'")

    private fun joined(
        user: UserInfo,
        workspace: String,
        clientId: String,
        permission: WorkspacePermission,
    ): UserInfo {
        val scope = user.scope
        return user.withScope(Scope(scope.workspaces + (workspace to permission), workspace, clientId, scope.extra))
    }

    private fun checkRoom(client: HubClient) {
        val ofUser = clients.all().count { it.user.id == client.user.id }
        if (ofUser >= MOST_OF_ONE_USER) throw full("user ${client.user.id} has $ofUser connections")
        val here = clients.inWorkspace(client.workspace).size
        if (here >= MOST_IN_WORKSPACE) throw full("workspace ${client.workspace} has $here clients")
    }

    private fun full(what: String) = Refusal(Refusal.POLICY, "Connection limit exceeded: $what")

    /** The bearer of a reconnection token is the same client: the last one wins (protocol §1.13). */
    private fun takeOver(client: HubClient) {
        clients.replace(client)?.cut()
    }

    /** An id in use is refused, unless its user is found dead. The living one notices nothing but a ping. */
    private suspend fun takePlace(client: HubClient) {
        while (true) {
            val present = clients.addIfFree(client) ?: return
            if (present.isAlive()) throw Refusal.setUp("Client already exists and is active: ${client.address}")
            currentCoroutineContext().ensureActive()
            present.cut()
            presence.left(present)
        }
    }

    private companion object {
        const val MOST_OF_ONE_USER = 200
        const val MOST_IN_WORKSPACE = 1000
        const val LONGEST_ID = 256
    }
}
