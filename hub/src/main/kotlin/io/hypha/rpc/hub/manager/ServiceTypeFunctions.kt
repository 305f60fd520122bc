package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.hub.workspace.ServiceType
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument

/** `register_service_type`, `get_service_type` and `list_service_types` (protocol §8.1). */
internal fun ServiceBuilder.serviceTypeFunctions(room: ManagerRoom) {
    managed(
        "register_service_type",
        "Says what services of a type have in common",
        typedParam<Map<String, Any?>>("type_info"),
    ) { call ->
        val client = room.caller(this, WorkspacePermission.ReadWrite)
        val type = ServiceType.of(call.argument("type_info"), client.workspace)
        room.contents(client).serviceTypes.add(type)
        room.notices.changed(room.workspace(client))
        type.info
    }
    managed("get_service_type", "Returns a service type", typedParam<String>("type_id")) { call ->
        val text = call.argument<String>("type_id")
        requireValue(text.count { it == '/' } <= 1) { "Invalid service type id: $text. It must be like workspace/type" }
        val client = room.caller(this)
        val workspace = if ('/' in text) text.substringBefore('/') else client.workspace
        val id = text.substringAfter('/')
        val type =
            room.workspaces
                .contentsIn(workspace)
                ?.serviceTypes
                ?.find(id)
        // Whether there is such a type is nothing for those who may not read it.
        if (type?.isPublic != true) room.caller(this, WorkspacePermission.Read, workspace)
        if (type == null) throw HubProblem("KeyError", "'Service type not found: $id'")
        type.info + ("id" to "$workspace/$id")
    }
    managed("list_service_types", "Lists the service types of a workspace", typedParam<String?>("workspace", default = null)) { call ->
        val workspace = call.argument<String?>("workspace") ?: room.caller(this).workspace
        room.caller(this, WorkspacePermission.Read, workspace)
        room.workspaces
            .contentsIn(workspace)
            ?.serviceTypes
            ?.all()
            .orEmpty()
            .map { it.info }
    }
}
