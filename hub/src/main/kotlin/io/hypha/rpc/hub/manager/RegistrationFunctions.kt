package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.requirePermitted
import io.hypha.rpc.hub.service.ServiceEntry
import io.hypha.rpc.hub.service.ServiceId
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument

/** `register_service` and `unregister_service` (protocol §7.5). */
internal fun ServiceBuilder.registrationFunctions(room: ManagerRoom) {
    managed(
        "register_service",
        "Makes a service of the caller known to others",
        typedParam<Map<String, Any?>>("service_info"),
        typedParam<Map<String, Any?>?>("config", default = null),
    ) { call ->
        val client = room.caller(this, WorkspacePermission.ReadWrite)
        val info = call.argument<Map<String, Any?>>("service_info")
        if (!isPrivate(info)) {
            room.directory.register(client, ServiceEntry.of(info, client.workspace, client.id, client.user))
        }
        null
    }
    managed("unregister_service", "Withdraws a service of the caller", typedParam<String>("service_id")) { call ->
        val client = room.caller(this, WorkspacePermission.ReadWrite)
        val text = call.argument<String>("service_id")
        val given = ServiceId.parse(text, client.workspace)
        val id = ServiceId(given.workspace, if (':' in text) given.client else client.id, given.service, given.app)
        requirePermitted(id.workspace == client.workspace && id.client == client.id) {
            "Service $text belongs to another client than ${client.address}"
        }
        if (!room.directory.unregister(id)) throw HubProblem("KeyError", "'Service not found: ${id.full}'")
        null
    }
}

/** Services that live with their clients only (protocol §4.5, §7.2). */
private fun isPrivate(info: Map<String, Any?>): Boolean {
    val id = info["id"] as? String ?: return false
    val config = info["config"] as? Map<*, *>
    return id.substringAfterLast(':').startsWith("_rintf_") || config?.get("_local_only") == true
}
