package io.hypha.rpc.hub.manager

import io.hypha.rpc.HyphaException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration.Companion.seconds

/** `list_clients` and `ping`. */
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
        room.caller(this, WorkspacePermission.Read, address.substringBefore('/'))
        val timeout = call.argument<Double>("timeout")
        requireValue(timeout > 0) { "timeout must be a positive number of seconds" }
        try {
            val answer = withTimeoutOrNull(timeout.seconds) { connection.ping(address).let { "pong" } }
            answer ?: "Failed to ping client $address: it did not answer within ${timeout.seconds}"
        } catch (e: HyphaException) {
            "Failed to ping client $address: ${e.message}"
        }
    }
}
