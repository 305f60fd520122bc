package io.hypha.rpc.client

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.debug
import io.hypha.rpc.service.Service
import io.hypha.rpc.service.ServiceRegistry

/**
 * Tells a server, over a new link, what it has to know of this client (protocol §1.10): its services in the order of their registration, the
 * built-in one first, and which events it wants.
 *
 * @param describe what a service looks like to the server.
 */
internal class Restoration(
    private val manager: WorkspaceManager,
    private val registry: ServiceRegistry,
    private val events: Events,
    private val logger: HyphaLogger,
    private val describe: (Service) -> Map<String, Any?>,
) {
    /**
     * Restores everything, or as much as the server takes.
     *
     * @throws HyphaException when the server does not answer, or does not take the built-in service: then nothing of this client can be called.
     */
    suspend fun run() {
        val all = registry.all
        val failed =
            all.drop(1).let { others ->
                register(all.first())
                others.filterNot { registered(it) }
            }
        manager.subscriptions.renew { allowingReadOnly { manager.restore("subscribe", it) } }
        val told = mapOf("total" to all.size.toLong(), "registered" to (all.size - failed.size).toLong(), "failed" to failed.map { it.id })
        events.tell(LocalEvents.SERVICES_REGISTERED, told)
    }

    /** The server ignores every other service until it knows the built-in one (protocol §7.5). */
    private suspend fun register(builtIn: Service) = allowingReadOnly { manager.restore("register_service", describe(builtIn)) }

    private suspend fun registered(service: Service): Boolean =
        try {
            manager.restore("register_service", describe(service))
            true
        } catch (e: ConnectionClosedException) {
            throw e
        } catch (e: HyphaException) {
            logger.log(HyphaLogger.Level.Warn, "the service '${service.id}' could not be registered again: ${e.message}", null)
            false
        }

    /** A client with a read-only token can call, but neither register nor subscribe (protocol §15.1, Q4). */
    private suspend fun allowingReadOnly(action: suspend () -> Unit) {
        try {
            action()
        } catch (e: PermissionDeniedException) {
            logger.debug { "a read-only token: ${e.message}" }
        }
    }
}
