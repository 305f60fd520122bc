package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.typedParam
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument

/** `get_service` and `get_service_info` (protocol §7.6). */
internal fun ServiceBuilder.lookupFunctions(
    room: ManagerRoom,
    lookup: Lookup,
) {
    managed(
        "get_service",
        "Finds a service and returns it",
        typedParam<String>("service_id"),
        typedParam<Map<String, Any?>?>("config", default = null),
    ) { call ->
        lookup.service(room.caller(this), call.argument("service_id"), call.argument<Map<String, Any?>?>("config").orEmpty())
    }
    managed(
        "get_service_info",
        "Describes a service",
        typedParam<String>("service_id"),
        typedParam<Map<String, Any?>?>("config", default = null),
    ) { call ->
        val config = call.argument<Map<String, Any?>?>("config").orEmpty()
        // The tag is the reference server's, whose answer is a typed object (protocol §8.1).
        lookup.info(room.caller(this), call.argument("service_id"), config) + ("_rtype" to "pydantic-model")
    }
}
