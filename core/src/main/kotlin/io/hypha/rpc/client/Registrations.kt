package io.hypha.rpc.client

import io.hypha.rpc.HyphaException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.ServiceNotFoundException
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.service.Service
import io.hypha.rpc.service.ServiceRegistry
import kotlinx.coroutines.Job
import kotlin.concurrent.Volatile

/**
 * Which services the server is to know. A service counts from the moment on when the server has taken it until it has given it up: what is
 * being told to the server when a link is lost is told again over the next one by whoever was at it, and by nobody else.
 *
 * @param describe what a service looks like to the server.
 * @param onMissing is told when the server ought to know of a service and perhaps does not.
 */
internal class Registrations(
    private val manager: WorkspaceManager,
    private val registry: ServiceRegistry,
    private val describe: (Service) -> Map<String, Any?>,
    private val onMissing: () -> Unit,
) {
    private val lock = Lock()
    private val taken = HashSet<String>()
    private val leaving = HashSet<String>()

    /** What the server has not taken back after the link was lost, in order. */
    private val refused = LinkedHashSet<String>()

    /** What is being told to the server again. */
    private val retries = HashMap<String, Job>()

    /** How many links there were. */
    @Volatile
    private var links = 1

    /** The ids of the services that the server ought to know and does not. */
    val missing: List<String> get() = lock.withLock { refused.toList() }

    /** How many services the server ought to know, the built-in one included. */
    val total: Int get() = lock.withLock { taken.count { it !in leaving } } + 1

    /** The service that the server has to know before any other (protocol §7.5). */
    val builtIn: Service get() = registry.all.first()

    /** Offers [service], and tells the server; returns what it was told. */
    suspend fun register(
        service: Service,
        overwrite: Boolean,
    ): Map<String, Any?> {
        val info = describe(service)
        val replaced = registry.find(service.id)
        val link = links
        registry.add(service, overwrite)
        var isRegistered = false
        try {
            awaitRetry(service.id)
            manager.call<Any?>("register_service", info)
            lock.withLock {
                taken += service.id
                refused -= service.id
            }
            isRegistered = true
        } finally {
            if (!isRegistered) {
                registry.restore(service, replaced)
                if (replaced != null) doubt(service.id, link)
            }
        }
        return info
    }

    /** Withdraws the service [id]; the server first. */
    suspend fun unregister(id: String) {
        val link = links
        lock.withLock { leaving += id }
        var isGone = false
        try {
            awaitRetry(id)
            withdraw(id, link)
            isGone = true
        } finally {
            lock.withLock {
                leaving -= id
                if (isGone) {
                    taken -= id
                    refused -= id
                }
            }
            if (isGone) registry.remove(id) else doubt(id, link)
        }
    }

    private suspend fun withdraw(
        id: String,
        link: Int,
    ) {
        try {
            manager.call<Any?>("unregister_service", id)
        } catch (e: HyphaException) {
            val isUnknown = e is ServiceNotFoundException || (e is RemoteException && e.remoteType == "KeyError")
            // It was not restored over the link that came meanwhile, or the server had withdrawn it before the other link was lost.
            if (!isUnknown || links == link) throw e
        }
    }

    /** What the server knows under [id] may not be what it is now, if there was another link meanwhile. */
    private fun doubt(
        id: String,
        link: Int,
    ) {
        if (links == link || !lock.withLock { id in taken && refused.add(id) }) return
        onMissing()
    }

    /** There is another link, to a server that has to be told of what this returns, in the order of their registration. */
    fun startOver(): List<Service> =
        lock.withLock {
            links++
            refused.clear()
            registry.all.drop(1).filter { it.id in taken && it.id !in leaving }
        }

    /** Tells the server again of [service]. */
    suspend fun restore(
        service: Service,
        tell: suspend (Map<String, Any?>) -> Unit,
    ) {
        tell(describe(service))
        lock.withLock { refused -= service.id }
    }

    /** The server has not taken [service]. */
    fun refuse(service: Service) {
        lock.withLock { refused += service.id }
    }

    /** Tells the server of what it has not taken, in the ordinary way; of which it still ought to know. */
    suspend fun retry(id: String) {
        val retry = Job()
        try {
            val isWanted = lock.withLock { (id in taken && id !in leaving).also { if (it) retries[id] = retry } }
            val service = registry.find(id)
            if (service != null && isWanted) {
                restore(service) { manager.call<Any?>("register_service", it) }
            } else {
                lock.withLock { refused -= id }
            }
        } finally {
            lock.withLock { if (retries[id] === retry) retries -= id }
            retry.complete()
        }
    }

    /** Servers need not do in order what they are told: what the user makes of a service must not be undone by what was said before. */
    private suspend fun awaitRetry(id: String) {
        lock.withLock { retries[id] }?.join()
    }
}
