package io.hypha.rpc.hub.manager

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.service.ServiceEntry
import io.hypha.rpc.hub.socket.Server
import io.hypha.rpc.service.RemoteService
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** Asks clients for their services (protocol §7.6). The functions in them are passed on as they came. */
internal class ServiceProvider(
    private val server: Server,
    private val connection: HyphaConnection,
) {
    /** The service of [entry], with the id and the address under which the caller can find it again. */
    suspend fun fetch(
        entry: ServiceEntry,
        config: Map<String, Any?>,
    ): Map<String, Any?> {
        val id = entry.id
        val service = ask("${id.workspace}/${id.client}", id.service, timeout(config))
        val url = "${server.publicUrl}/${id.workspace}/services/${id.client}:${id.service}"
        val located = service.config + mapOf("workspace" to id.workspace, "url" to url)
        return converted(service.entries + mapOf("id" to id.full, "config" to located), config)
    }

    /** The manager's own service. */
    suspend fun manager(config: Map<String, Any?>): Map<String, Any?> =
        converted(ask("*/${server.managerId}", "default", timeout(config)).entries, config)

    /** What the manager says of its own service, in the form of other services (protocol §7.3). */
    suspend fun managerInfo(): Map<String, Any?> {
        val service = ask("*/${server.managerId}", "default", USUAL_TIMEOUT)
        val functions = service.functionNames().associateWith { mapOf("type" to "function", "function" to service[it].schema) }
        val own = mapOf("id" to "*/${server.managerId}:default", "app_id" to "*", "service_schema" to functions)
        return service.entries.filterKeys { it in INFO } + own
    }

    private suspend fun ask(
        client: String,
        service: String,
        timeout: Duration,
    ): RemoteService =
        withTimeoutOrNull(timeout) { connection.getServiceOf(client, service) }
            ?: throw HubProblem("TimeoutError", "$client did not return its service $service within $timeout")

    private fun converted(
        service: Map<String, Any?>,
        config: Map<String, Any?>,
    ): Map<String, Any?> = CaseConversion.of(config["case_conversion"]).convert(service)

    private fun timeout(config: Map<String, Any?>): Duration = secondsOf(config["timeout"], "timeout") ?: USUAL_TIMEOUT

    private companion object {
        val USUAL_TIMEOUT = 10.seconds
        val INFO = setOf("id", "name", "type", "description", "docs", "config")
    }
}
