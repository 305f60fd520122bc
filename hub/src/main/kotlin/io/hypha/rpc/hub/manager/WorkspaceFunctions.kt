package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.requirePermitted
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.hub.service.ServiceId
import io.hypha.rpc.hub.workspace.Workspace
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument

private const val LONGEST_LIST = 256

/** Functions about workspaces. */
internal fun ServiceBuilder.workspaceFunctions(room: ManagerRoom) {
    creationFunctions(room)
    managed(
        "list_workspaces",
        "Lists the workspaces that the caller can join",
        typedParam<Map<String, Any?>?>("match", default = null),
        typedParam("offset", default = 0),
        typedParam("limit", default = LONGEST_LIST),
    ) { call ->
        val client = room.caller(this, WorkspacePermission.Read)
        val limit = call.argument<Int>("limit")
        requireValue(limit in 1..LONGEST_LIST) { "limit must be 1 to $LONGEST_LIST" }
        val wanted = call.argument<Map<String, Any?>?>("match").orEmpty()
        val all = room.workspaces.accessibleTo(client.user).map { it.toSummary() }
        val matching = all.filter { workspace -> wanted.all { (key, value) -> workspace[key] == value } }
        matching.drop(maxOf(0, call.argument<Int>("offset"))).take(limit)
    }
    managed("get_workspace_info", "Describes a workspace", typedParam<String?>("workspace", default = null)) { call ->
        val id = call.argument<String?>("workspace") ?: room.caller(this).workspace
        room.workspaces.infoOf(room.workspace(room.caller(this, WorkspacePermission.Read, id), id))
    }
    managed("check_status", "Says whether the workspace is ready") {
        val client = room.caller(this, WorkspacePermission.Read)
        mapOf("status" to "ready", "user_permission" to client.permission.code)
    }
    managed("get_summary", "Counts the clients and services of the workspace") { room.summary(room.caller(this)) }
}

private fun ServiceBuilder.creationFunctions(room: ManagerRoom) {
    managed(
        "create_workspace",
        "Makes a workspace",
        typedParam<Map<String, Any?>>("config"),
        typedParam("overwrite", default = false),
    ) { call ->
        val client = room.caller(this)
        requirePermitted(!client.user.isAnonymous) { "Only registered user can create workspace." }
        val workspace = workspaceOf(call.argument("config"), client)
        room.workspaces.create(workspace, client.user, call.argument("overwrite"))
        room.notices.created(workspace, client.user)
        if (workspace.id != client.user.ownWorkspace) room.bookmark(client.user, bookmarkOf(workspace))
        room.workspaces.infoOf(workspace)
    }
    managed("delete_workspace", "Removes a workspace", typedParam<String>("workspace")) { call ->
        val id = call.argument<String>("workspace")
        val client = room.caller(this, WorkspacePermission.Admin, id)
        val deleted = room.workspaces.delete(id) ?: throw HubProblem("ValueError", "Workspace $id cannot be deleted")
        room.notices.deleted(deleted, client.user)
        room.unbookmark(client.user, id)
        null
    }
}

private fun ManagerRoom.summary(client: HubClient): Map<String, Any?> {
    val clients = clients.inWorkspace(client.workspace)
    val services = registry.find(ServiceId(client.workspace, "*", "*", "*"))
    return mapOf(
        "name" to client.workspace,
        "description" to workspaces.find(client.workspace, client.user)?.description,
        "client_count" to clients.size,
        "clients" to clients.map { it.address }.sorted(),
        "service_count" to services.size,
        "services" to services.map { it.id.full },
    )
}

private fun workspaceOf(
    config: Map<String, Any?>,
    client: HubClient,
): Workspace {
    val id = config["id"] as? String ?: throw HubProblem("ValueError", "A workspace must have an id")
    val owners = (config["owners"] as? List<*>).orEmpty().map { it as? String ?: throw HubProblem("ValueError", "owners must be texts") }
    return Workspace(
        id = id,
        name = config["name"] as? String ?: id,
        description = config["description"] as? String,
        persistent = config["persistent"] == true,
        owners = (owners + client.user.id).distinct(),
        createdBy = client.user.id,
        details = config,
    )
}
