package io.hypha.rpc.service

import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.call.CallContext
import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.call.MethodTable
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlin.concurrent.Volatile

/** The services of one client, in the order of their registration, which is also the order in which a server learns of them. */
internal class ServiceRegistry(
    workspace: String,
    managerAddress: () -> String?,
) : MethodTable {
    val permission = Permission(workspace, managerAddress)

    /** The hidden services, which are in none of the lists here. */
    val interfaces = InterfaceServices(permission)
    private val lock = Lock()
    private val services = LinkedHashMap<String, Service>()

    /** Replaced as a whole, so that a call looks its function up without a lock. */
    @Volatile
    private var functions: Map<String, Entry> = emptyMap()

    val all: List<Service> get() = lock.withLock { services.values.toList() }

    fun add(
        service: Service,
        overwrite: Boolean,
    ) {
        lock.withLock {
            require(overwrite || service.id !in services) {
                "Service already exists: ${service.id}, please specify a different id (not ${service.id}) or overwrite=true"
            }
            services[service.id] = service
            index()
        }
    }

    fun remove(id: String): Service? = lock.withLock { services.remove(id).also { index() } }

    /** Takes back that [service] took the place of [replaced]. */
    fun restore(
        service: Service,
        replaced: Service?,
    ) {
        lock.withLock {
            if (services[service.id] !== service) return
            if (replaced == null) services.remove(service.id) else services[service.id] = replaced
            index()
        }
    }

    fun find(id: String): Service? = lock.withLock { services[id] } ?: interfaces.find(id)

    private fun index() {
        functions =
            services.values.flatMap { service -> service.functions.map { (path, function) -> path to Entry(service, function) } }.toMap()
    }

    override fun resolve(
        path: String,
        caller: CallContext,
    ): LocalFunction {
        if (path.startsWith(INTERFACE_PATH)) return interfaces.resolve(path, caller)
        val entry = functions[path] ?: throw MethodNotFoundException("Method expired or not found: ${caller.from}:$path")
        if (!permission.allowsCall(entry.service, caller)) {
            throw PermissionDeniedException(permission.refusalOfCall(entry.service, path, caller))
        }
        return entry.function
    }

    private class Entry(
        val service: Service,
        val function: LocalFunction,
    )

    private companion object {
        const val INTERFACE_PATH = "services.$INTERFACE_ID"
    }
}
