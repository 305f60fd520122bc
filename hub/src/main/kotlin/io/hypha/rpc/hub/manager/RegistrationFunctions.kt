package io.hypha.rpc.hub.manager

import io.hypha.rpc.HyphaException
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.requirePermitted
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.hub.service.ServiceEntry
import io.hypha.rpc.hub.service.ServiceId
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument
import kotlinx.coroutines.withTimeoutOrNull
import org.slf4j.LoggerFactory
import kotlin.time.Duration.Companion.seconds

/** `register_service` and `unregister_service` (protocol §7.5). */
internal fun ServiceBuilder.registrationFunctions(
    room: ManagerRoom,
    connection: HyphaConnection,
) {
    managed(
        "register_service",
        "Makes a service of the caller known to others",
        typedParam<Map<String, Any?>>("service_info"),
        typedParam<Map<String, Any?>?>("config", default = null),
    ) { call ->
        val client = room.caller(this, WorkspacePermission.ReadWrite)
        val info = call.argument<Map<String, Any?>>("service_info")
        if (!isPrivate(info)) {
            val entry = ServiceEntry.of(info, client.workspace, client.id, client.user)
            room.directory.register(client, entry) { if (entry.id.service == DEFAULT) setUp(connection, client) }
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

/** The service `default` of an application may want to be set up before others hear of it; when that fails, it is there all the same. */
private suspend fun setUp(
    connection: HyphaConnection,
    client: HubClient,
) {
    try {
        val setup = withTimeoutOrNull(10.seconds) { connection.ownFunction(client.address, DEFAULT, "setup") }
        setup?.call<Any?>()
    } catch (e: HyphaException) {
        logger.warn("The setup of {}:{} failed: {}", client.address, DEFAULT, e.javaClass.simpleName)
    }
}

private const val DEFAULT = "default"
private val logger = LoggerFactory.getLogger("io.hypha.rpc.hub.clients")
