package io.hypha.rpc.hub.manager

import io.hypha.rpc.HyphaException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration

/** `list_clients` and `ping` (protocol §8.1). */
internal fun ServiceBuilder.clientFunctions(
    room: ManagerRoom,
    connection: HyphaConnection,
) {
    managed("list_clients", "Lists the clients of a workspace", typedParam<String?>("workspace", default = null)) { call ->
        val workspace = call.argument<String?>("workspace") ?: room.caller(this).workspace
        room.caller(this, WorkspacePermission.Read, workspace)
        val clients = room.clients.inWorkspace(workspace)
        clients.sortedBy { it.id }.map { mapOf("id" to it.address, "user" to it.user.toMap()) }
    }
    managed(
        "ping",
        "Asks a client whether it is alive; the answer is pong, or a text that says what went wrong",
        typedParam<String>("client_id"),
        typedParam("timeout", default = 5.0),
    ) { call ->
        val id = call.argument<String>("client_id")
        val address = if ('/' in id) id else "${room.caller(this).workspace}/$id"
        val patience = secondsOf(call["timeout"], "timeout")!!
        val problem = room.pingProblem(room.caller(this), address) ?: connection.failureToAnswer(address, patience)
        // No exception, not even for a missing permission: callers compare the text.
        if (problem == null) "pong" else "Failed to ping client $address: $problem"
    }
}

private fun ManagerRoom.pingProblem(
    client: HubClient,
    address: String,
): String? {
    val workspace = address.substringBefore('/')
    return if (permissionOf(client, workspace) == null) "Permission denied for workspace $workspace" else null
}

/** What is wrong with the client at [address]; null when it answers a ping in time. */
internal suspend fun HyphaConnection.failureToAnswer(
    address: String,
    patience: Duration,
): String? =
    try {
        val answer = withTimeoutOrNull(patience) { ping(address) }
        if (answer == null) "it did not answer within $patience" else null
    } catch (e: HyphaException) {
        e.message
    }
