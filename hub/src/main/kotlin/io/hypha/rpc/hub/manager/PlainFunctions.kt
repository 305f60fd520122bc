package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.service.ServiceBuilder
import org.slf4j.LoggerFactory

private val logger = LoggerFactory.getLogger("io.hypha.rpc.hub.clients")

/** `echo` and `log`. */
internal fun ServiceBuilder.plainFunctions(room: ManagerRoom) {
    managed("echo", "Returns what it gets", typedParam<Any?>("data")) { call ->
        room.caller(this, WorkspacePermission.ReadWrite)
        call["data"]
    }
    managed("log", "Writes a message to the log of the hub", typedParam<Any?>("msg")) { call ->
        val client = room.caller(this, WorkspacePermission.ReadWrite)
        logger.info("{}: {}", client.address, call["msg"])
        null
    }
}
