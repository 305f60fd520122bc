package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.typedParam
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.requirePermitted
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.hub.service.SelectionMode
import io.hypha.rpc.hub.service.ServiceEntry
import io.hypha.rpc.hub.service.ServiceId
import io.hypha.rpc.hub.service.ServiceQuery
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument

/** `get_service`, `get_service_info` and `list_services` (protocol §7.6, §8.2). */
internal fun ServiceBuilder.lookupFunctions(
    room: ManagerRoom,
    connection: HyphaConnection,
) {
    val provider = ServiceProvider(room.server, connection)
    managed(
        "get_service",
        "Finds a service and returns it",
        typedParam<String>("service_id"),
        typedParam<Map<String, Any?>?>("config", default = null),
    ) { call ->
        val config = call.argument<Map<String, Any?>?>("config").orEmpty()
        val query = ServiceId.parse(call.argument("service_id"), room.caller(this).workspace)
        if (query.service == ServiceId.MANAGER) {
            provider.manager(config)
        } else {
            provider.fetch(room.find(room.caller(this), query, config), config)
        }
    }
    managed(
        "get_service_info",
        "Describes a service",
        typedParam<String>("service_id"),
        typedParam<Map<String, Any?>?>("config", default = null),
    ) { call ->
        val client = room.caller(this)
        val query = ServiceId.parse(call.argument("service_id"), client.workspace)
        room.asker(client).infoOf(room.find(client, query, call.argument<Map<String, Any?>?>("config").orEmpty()))
    }
    managed(
        "list_services",
        "Lists the services that fit a query",
        typedParam<Any?>("query", default = null),
        typedParam("include_unlisted", default = false),
        typedParam("include_app_services", default = false),
        typedParam("prioritize_running_services", default = false),
    ) { call ->
        val client = room.caller(this)
        val query = ServiceQuery.parse(call["query"], client.workspace)
        val asker = room.asker(client)
        val anyWorkspace = '*' in query.id.workspace
        room.registry
            .find(query.id)
            .filter { query.matches(it) && asker.maySee(it, anyWorkspace, call.argument("include_unlisted")) }
            .map { asker.infoOf(it) }
    }
}

/** The one service that a client may get and that is meant by its query. */
private fun ManagerRoom.find(
    client: HubClient,
    query: ServiceId,
    config: Map<String, Any?>,
): ServiceEntry {
    requireValue('*' !in query.workspace) { "The workspace of a service must be given: $query" }
    val matching = registry.find(query)
    if (matching.isEmpty()) throw HubProblem("KeyError", "'Service not found: $query'")
    val asker = asker(client)
    val allowed = matching.filter { asker.mayGet(it) }
    requirePermitted(allowed.isNotEmpty()) { "Permission denied for non-public service in workspace ${query.workspace}" }
    return SelectionMode.of(config["mode"], query.workspace).select(query, allowed)
}
