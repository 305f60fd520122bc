package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.requirePermitted
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.hub.workspace.Workspace
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument

/** `create_workspace` and `delete_workspace` (protocol §8.1). */
internal fun ServiceBuilder.creationFunctions(room: ManagerRoom) {
    managed(
        "create_workspace",
        "Makes a workspace, which goes with its last client unless it is persistent",
        typedParam<Map<String, Any?>>("config"),
        typedParam("overwrite", default = false),
    ) { call ->
        val client = room.caller(this)
        requirePermitted(!client.user.isAnonymous) { "Only registered user can create workspace." }
        val workspace = Workspace.of(call.argument("config"), client.user)
        val overwrite = call.argument<Boolean>("overwrite")
        // Whoever stayed in a deleted workspace is not to find itself in one of somebody else.
        val isLeftOver = !room.workspaces.isCreated(workspace.id) && room.clients.inWorkspace(workspace.id).isNotEmpty()
        if (isLeftOver) throw HubProblem("ValueError", "Workspace already exists: ${workspace.id}")
        room.workspaces.create(workspace, client.user, overwrite)
        room.notices.created(workspace, client.user)
        if (hasBookmarks(client.user)) room.bookmark(client.user, bookmarkOf(workspace))
        room.workspaces.infoOf(workspace)
    }
    managed("delete_workspace", "Removes a workspace", typedParam<String>("workspace")) { call ->
        val id = call.argument<String>("workspace")
        val client = room.caller(this, WorkspacePermission.Admin, id)
        requireValue(room.workspaces.isCreated(id)) { "Workspace $id cannot be deleted" }
        room.workspaces.delete(id)?.let { room.notices.deleted(it, client.user) }
        room.unbookmark(client.user, id)
        null
    }
}
