package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument

/** `set_env` and `get_env` (protocol §8.1). */
internal fun ServiceBuilder.environmentFunctions(room: ManagerRoom) {
    managed(
        "set_env",
        "Sets an environment variable of the workspace, or removes it",
        typedParam<String>("key"),
        typedParam<String?>("value", "nil removes the variable"),
    ) { call ->
        val client = room.caller(this, WorkspacePermission.ReadWrite)
        val key = call.argument<String>("key")
        val value = call.argument<String?>("value")
        val environment = room.contents(client).environment
        if (value != null) {
            environment[key] = value
            room.log(client, "env_set", mapOf("key" to key))
        } else if (environment.remove(key)) {
            room.log(client, "env_removed", mapOf("key" to key))
        }
        room.notices.changed(room.workspace(client))
        null
    }
    managed(
        "get_env",
        "Returns an environment variable of the workspace, or all of them",
        typedParam<String?>("key", default = null),
    ) { call ->
        val client = room.caller(this, WorkspacePermission.ReadWrite)
        val environment = room.contents(client).environment
        val key = call.argument<String?>("key")
        if (key == null) environment.all() else environment.get(key, client.workspace)
    }
}
