package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlin.time.Duration

/** `cleanup` (protocol §8.1). */
internal fun ServiceBuilder.cleanupFunctions(
    room: ManagerRoom,
    connection: HyphaConnection,
) {
    managed(
        "cleanup",
        "Removes the clients that do not answer, and a temporary workspace in which nobody is",
        typedParam<String?>("workspace", default = null),
        typedParam("timeout", default = 5.0),
    ) { call ->
        val caller = room.caller(this, WorkspacePermission.Admin)
        val id = call.argument<String?>("workspace") ?: caller.workspace
        room.caller(this, WorkspacePermission.Admin, id)
        room.removeIfEmpty(caller, id) ?: room.removeDead(caller, id, secondsOf(call["timeout"], "timeout")!!, connection)
    }
}

private fun ManagerRoom.removeIfEmpty(
    caller: HubClient,
    id: String,
): Map<String, Any?>? {
    val workspace = workspace(caller, id)
    if (workspace.persistent || !workspaces.isCreated(id) || clients.inWorkspace(id).isNotEmpty()) return null
    workspaces.delete(id)
    notices.deleted(workspace, caller.user)
    return mapOf("removed_workspace" to id, "removed_clients" to emptyList<Any?>())
}

private suspend fun ManagerRoom.removeDead(
    caller: HubClient,
    id: String,
    patience: Duration,
    connection: HyphaConnection,
): Map<String, Any?> {
    val others = clients.inWorkspace(id) - caller
    val failures = coroutineScope { others.map { async { connection.failureToAnswer(it.address, patience) } }.awaitAll() }
    val dead = others.zip(failures).mapNotNull { (client, failure) -> client.takeIf { failure != null } }
    for (client in dead) {
        client.cut()
        directory.left(client)
    }
    return if (dead.isEmpty()) emptyMap() else mapOf("removed_clients" to dead.map { it.address }.sorted())
}
