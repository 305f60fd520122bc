package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.typedParam
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.hub.service.ServiceId
import io.hypha.rpc.hub.service.ServiceSearch
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument

private const val MOST_FOUND = 1000

/** `search_services` (protocol §8.1): in the own workspace, and in what other workspaces show. */
internal fun ServiceBuilder.searchFunctions(room: ManagerRoom) {
    managed(
        "search_services",
        "Finds services by words",
        typedParam<Any?>("query", default = null),
        typedParam<Map<String, Any?>?>("filters", default = null),
        typedParam<Int?>("limit", default = null),
        typedParam<Int?>("offset", default = null),
        typedParam<List<String>?>("return_fields", default = null),
        typedParam<String?>("order_by", default = null),
        typedParam<Boolean?>("pagination", default = null),
        typedParam<Boolean?>("include_unlisted", default = null),
    ) { call ->
        val asker = room.asker(room.caller(this))
        val includeUnlisted = call.argument<Boolean?>("include_unlisted") == true
        val limit = call.argument<Int?>("limit") ?: 5
        val offset = call.argument<Int?>("offset") ?: 0
        requireValue(limit in 1..MOST_FOUND && offset >= 0) { "limit must be 1 to $MOST_FOUND, and offset 0 or more" }
        val search = ServiceSearch(call["query"], call.argument<Map<String, Any?>?>("filters").orEmpty(), call.argument("order_by"))
        val visible = room.registry.find(ServiceId("*", "*", "*", "*")).filter { asker.maySee(it, true, includeUnlisted) }
        val found = search.select(visible)
        val fields = call.argument<List<String>?>("return_fields")
        val items =
            found.drop(offset).take(limit).map { entry ->
                asker.infoOf(entry).filterKeys { key -> fields == null || key in fields }
            }
        if (call.argument<Boolean?>("pagination") == true) {
            mapOf("items" to items, "total" to found.size, "offset" to offset, "limit" to limit)
        } else {
            items
        }
    }
}
