package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.service.ServiceBuilder

/** `echo`. */
internal fun ServiceBuilder.plainFunctions(room: ManagerRoom) {
    managed("echo", "Returns what it gets", typedParam<Any?>("data")) { call ->
        room.caller(this, WorkspacePermission.ReadWrite)
        call["data"]
    }
}
