package io.hypha.rpc.hub.workspace

import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.requireValue

/** The service types of one workspace, in the order of their registration. Safe for all threads. */
internal class ServiceTypes {
    private val types = LinkedHashMap<String, ServiceType>()

    /** Adds a type, which must be new. */
    @Synchronized
    fun add(type: ServiceType) {
        if (type.id in types) throw HubProblem("KeyError", "'Service type already exists: ${type.id}'")
        requireValue(types.size < MOST) { "A workspace can have at most $MOST service types" }
        types[type.id] = type
    }

    /** The type of that id, or null. */
    @Synchronized
    fun find(id: String): ServiceType? = types[id]

    /** All types. */
    @Synchronized
    fun all(): List<ServiceType> = types.values.toList()

    private companion object {
        const val MOST = 256
    }
}
