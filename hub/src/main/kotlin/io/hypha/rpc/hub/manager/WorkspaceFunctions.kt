package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.hub.service.ServiceQuery
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument

private const val LONGEST_LIST = 256

/** `list_workspaces`, `get_workspace_info`, `check_status` and `get_summary` (protocol §8.1). */
internal fun ServiceBuilder.workspaceFunctions(room: ManagerRoom) {
    managed(
        "list_workspaces",
        "Lists the workspaces that the caller can join",
        typedParam<Map<String, Any?>?>("match", default = null),
        typedParam("offset", default = 0),
        typedParam("limit", default = LONGEST_LIST),
    ) { call ->
        val client = room.caller(this, WorkspacePermission.Read)
        val offset = call.argument<Int>("offset")
        val limit = call.argument<Int>("limit")
        requireValue(offset >= 0) { "Offset number must be greater than or equal to 0" }
        requireValue(limit in 1..LONGEST_LIST) { "Limit must be 1 to $LONGEST_LIST, not $limit" }
        val wanted = call.argument<Map<String, Any?>?>("match").orEmpty()
        val all = room.workspaces.accessibleTo(client.user).map { it.toSummary() }
        val matching = all.filter { workspace -> wanted.all { (key, value) -> workspace[key] == value } }
        matching.drop(offset).take(limit)
    }
    managed("get_workspace_info", "Describes a workspace", typedParam<String?>("workspace", default = null)) { call ->
        val id = call.argument<String?>("workspace") ?: room.caller(this).workspace
        room.workspaces.infoOf(room.workspace(room.caller(this, WorkspacePermission.Read, id), id))
    }
    managed("check_status", "Says whether the workspace is ready") { room.status(room.caller(this, WorkspacePermission.Read)) }
    managed("get_summary", "Counts the clients and services of the workspace") { room.summary(room.caller(this)) }
}

/** A workspace is ready as soon as it exists, and may be deleted while somebody is in it. */
private fun ManagerRoom.status(client: HubClient): Map<String, Any?> {
    val isThere = workspaces.find(client.workspace, client.user) != null
    val status =
        if (isThere) mapOf("status" to "ready") else mapOf("status" to "not_found", "error" to "Workspace ${client.workspace} not found")
    return status + ("user_permission" to client.permission.code)
}

private fun ManagerRoom.summary(client: HubClient): Map<String, Any?> {
    val workspace = workspace(client)
    val clients = clients.inWorkspace(workspace.id).map { it.address }.sorted()
    val services = listed(client, ServiceQuery.parse(null, workspace.id))
    return mapOf(
        "name" to workspace.name,
        "description" to workspace.description,
        "client_count" to clients.size,
        "clients" to clients,
        "service_count" to services.size,
        "services" to services.map { service -> service.filterKeys { it in SUMMARY } },
    )
}

private val SUMMARY = setOf("id", "name", "type", "description", "config")
