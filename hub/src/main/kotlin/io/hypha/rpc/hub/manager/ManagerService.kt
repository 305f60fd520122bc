package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.CallScope
import io.hypha.rpc.call.Parameter
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.socket.Server
import io.hypha.rpc.service.FunctionCall
import io.hypha.rpc.service.Service
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.Visibility
import io.hypha.rpc.service.service

/** The service `default` of the workspace manager (protocol §8.1). */
internal fun managerService(
    room: ManagerRoom,
    connection: HyphaConnection,
): Service =
    service("default") {
        name = "Default workspace management service"
        description = "Services for managing workspace."
        visibility = Visibility.Public
        requireContext = true
        config("server_id", room.server.managerId.removePrefix("manager-"))
        config("hypha_version", Server.VERSION)
        config("public_base_url", room.server.publicUrl)
        config("local_base_url", room.server.localUrl)
        val lookup = Lookup(room, connection)
        plainFunctions(room)
        logFunctions(room)
        registrationFunctions(room, connection)
        lookupFunctions(room, lookup)
        listFunctions(room)
        searchFunctions(room)
        serviceTypeFunctions(room)
        clientFunctions(room, connection)
        eventFunctions(room)
        environmentFunctions(room)
        tokenFunctions(room)
        workspaceFunctions(room)
        creationFunctions(room)
        cleanupFunctions(room, connection)
        bookmarkFunctions(room, lookup)
    }

/** A function whose failures callers know by their names. */
internal fun ServiceBuilder.managed(
    name: String,
    description: String,
    vararg parameters: Parameter,
    action: suspend CallScope.(FunctionCall) -> Any?,
) {
    function(name, parameters.asList(), description) { call -> answering { action(call) } }
}
