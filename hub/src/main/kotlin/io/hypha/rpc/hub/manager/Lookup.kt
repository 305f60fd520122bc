package io.hypha.rpc.hub.manager

import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.requirePermitted
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.hub.service.SelectionMode
import io.hypha.rpc.hub.service.ServiceEntry
import io.hypha.rpc.hub.service.ServiceId
import kotlin.time.Duration.Companion.seconds

/** Finds the one service that a client means by an id (protocol §7.4, §7.6). */
internal class Lookup(
    private val room: ManagerRoom,
    connection: HyphaConnection,
) {
    private val provider = ServiceProvider(room.server, connection)
    private val selector = Selector(room.clients, connection)

    /** The service itself, from its provider. */
    suspend fun service(
        client: HubClient,
        text: String,
        config: Map<String, Any?>,
    ): Map<String, Any?> {
        val query = ServiceId.parse(text, client.workspace)
        if (query.service == ServiceId.MANAGER) return provider.manager(config)
        val entry = find(client, query, config)
        return try {
            provider.fetch(entry, config)
        } catch (_: PeerGoneException) {
            // The provider left in this moment, and its service with it.
            throw missing(query)
        }
    }

    /** What its provider said of the service. */
    suspend fun info(
        client: HubClient,
        text: String,
        config: Map<String, Any?>,
    ): Map<String, Any?> {
        val query = ServiceId.parse(text, client.workspace)
        if (query.service == ServiceId.MANAGER) return provider.managerInfo()
        return room.asker(client).infoOf(find(client, query, config))
    }

    private suspend fun find(
        client: HubClient,
        query: ServiceId,
        config: Map<String, Any?>,
    ): ServiceEntry {
        requireValue('*' !in query.workspace) { "The workspace of a service must be given: $query" }
        val mode = SelectionMode.of(config["mode"], query.workspace)
        val patience = secondsOf(config["select_timeout"], "select_timeout") ?: 2.seconds
        val asker = room.asker(client)
        // Who does not know the name of an unlisted service is not to learn it by trying patterns from outside.
        val matching = room.registry.find(query).filterNot { '*' in query.service && asker.isHidden(it) }
        if (matching.isEmpty()) throw missing(query)
        val allowed = matching.filter { asker.mayGet(it) }
        requirePermitted(allowed.isNotEmpty()) { "Permission denied for non-public service in workspace ${query.workspace}" }
        return selector.select(mode, query, allowed, patience)
    }

    private fun missing(query: ServiceId) = HubProblem("KeyError", "'Service not found: $query'")
}
