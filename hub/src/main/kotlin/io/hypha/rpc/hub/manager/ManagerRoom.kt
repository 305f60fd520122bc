package io.hypha.rpc.hub.manager

import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.call.CallScope
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.TokenProblem
import io.hypha.rpc.hub.auth.Tokens
import io.hypha.rpc.hub.auth.requirePermitted
import io.hypha.rpc.hub.route.ClientTable
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.hub.service.Asker
import io.hypha.rpc.hub.service.ServiceRegistry
import io.hypha.rpc.hub.socket.Server
import io.hypha.rpc.hub.workspace.Workspace
import io.hypha.rpc.hub.workspace.WorkspaceContents
import io.hypha.rpc.hub.workspace.Workspaces

/** What the manager's functions work with, and what they need to know of their caller. */
internal class ManagerRoom(
    val server: Server,
    val clients: ClientTable,
    val directory: Directory,
    val registry: ServiceRegistry,
    val workspaces: Workspaces,
    val tokens: Tokens,
    val notices: WorkspaceNotices,
) {
    /** The client that calls. The hub itself wrote its address into the message. */
    fun caller(scope: CallScope): HubClient =
        clients[scope.context.from] ?: throw PeerGoneException("Client disconnected: ${scope.context.from}")

    /** The client that calls, if it may do in its workspace what needs [permission]. */
    fun caller(
        scope: CallScope,
        permission: WorkspacePermission,
    ): HubClient {
        val client = caller(scope)
        requirePermitted(client.permission.allows(permission)) { denied(client.workspace) }
        return client
    }

    /** The client that calls, if it may do in [workspace] what needs [permission]. */
    fun caller(
        scope: CallScope,
        permission: WorkspacePermission,
        workspace: String,
    ): HubClient {
        val client = caller(scope)
        requirePermitted(permissionOf(client, workspace)?.allows(permission) == true) { denied(workspace) }
        return client
    }

    /** The workspace [id], of which the caller may know; a `KeyError` when there is none. */
    fun workspace(
        client: HubClient,
        id: String = client.workspace,
    ): Workspace = workspaces.find(id, client.user) ?: throw HubProblem("KeyError", "'Workspace not found: $id'")

    /** What is kept in the workspace of [client]; a `KeyError` when it was deleted while the client is in it. */
    fun contents(client: HubClient): WorkspaceContents = workspaces.contentsOf(workspace(client).id)

    /** How [client] looks at services. */
    fun asker(client: HubClient): Asker = Asker(client.workspace) { permissionOf(client, it) }

    /** What [client] may do in [workspace]; null for nothing, and when there is no such workspace. */
    fun permissionOf(
        client: HubClient,
        workspace: String,
    ): WorkspacePermission? =
        if (workspace == client.workspace) {
            client.permission
        } else {
            workspaces.find(workspace, client.user)?.permissionOf(client.user)
        }

    private fun denied(workspace: String): String = "Permission denied for workspace $workspace"
}

/** Runs a function of the manager; what cannot be done becomes an error that callers know by its name (protocol §3.8). */
internal inline fun <T> answering(action: () -> T): T =
    try {
        action()
    } catch (e: HubProblem) {
        throw RemoteException(e.type, e.detail, cause = e)
    } catch (e: TokenProblem) {
        throw RemoteException("ValueError", e.message.orEmpty(), cause = e)
    }
