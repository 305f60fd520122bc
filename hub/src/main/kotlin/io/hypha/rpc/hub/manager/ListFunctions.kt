package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.typedParam
import io.hypha.rpc.hub.auth.requirePermitted
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.hub.service.ServiceQuery
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument

/** `list_services` (protocol §8.2). There are no installed applications here, so the options about these change nothing. */
internal fun ServiceBuilder.listFunctions(room: ManagerRoom) {
    managed(
        "list_services",
        "Lists the services that fit a query",
        typedParam<Any?>("query", default = null),
        typedParam("include_unlisted", default = false),
        typedParam("include_app_services", default = false),
        typedParam("prioritize_running_services", default = false),
    ) { call ->
        val client = room.caller(this)
        room.listed(client, ServiceQuery.parse(call["query"], client.workspace), call.argument("include_unlisted"))
    }
}

/** The services that fit [query] and that [client] may see. */
internal fun ManagerRoom.listed(
    client: HubClient,
    query: ServiceQuery,
    includeUnlisted: Boolean = false,
): List<Map<String, Any?>> {
    val workspace = query.id.workspace
    requirePermitted(!includeUnlisted || workspace == client.workspace) {
        if ('*' in workspace) {
            "Cannot include unlisted services when searching all workspaces."
        } else {
            "Cannot include unlisted services from workspace $workspace. " +
                "Only services from your current workspace (${client.workspace}) can include unlisted services."
        }
    }
    val asker = asker(client)
    return registry
        .find(query.id)
        .filter { query.matches(it) && asker.maySee(it, '*' in workspace, includeUnlisted) }
        .map { asker.infoOf(it) }
}
