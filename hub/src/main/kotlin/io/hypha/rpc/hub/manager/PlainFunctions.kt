package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.typedParam
import io.hypha.rpc.hub.auth.Permission
import io.hypha.rpc.service.ServiceBuilder
import org.slf4j.LoggerFactory

private val logger = LoggerFactory.getLogger("io.hypha.rpc.hub.clients")

/** `echo` and `log`. */
internal fun ServiceBuilder.plainFunctions(room: ManagerRoom) {
    managed("echo", "Returns what it gets", typedParam<Any?>("data")) { call ->
        room.caller(this, Permission.READ_WRITE)
        call["data"]
    }
    managed("log", "Writes a message to the log of the hub", typedParam<Any?>("msg")) { call ->
        val client = room.caller(this, Permission.READ_WRITE)
        logger.info("{}: {}", client.address, call["msg"])
        null
    }
}
