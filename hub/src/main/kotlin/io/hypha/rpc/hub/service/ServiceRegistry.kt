package io.hypha.rpc.hub.service

import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.requireValue

/** All registered services, in the order of their registration. Safe for all threads. */
internal class ServiceRegistry {
    private val workspaces = LinkedHashMap<String, LinkedHashMap<String, ServiceEntry>>()

    /**
     * Adds a service, in the place of an older one with the same id.
     *
     * @return what became of it, with the entries that went for it.
     * @throws HubProblem when another client has a singleton of that name, or the client has too many services.
     */
    @Synchronized
    fun register(entry: ServiceEntry): Registration {
        val services = workspaces.getOrPut(entry.id.workspace) { LinkedHashMap() }
        if (!entry.isBuiltIn && needsBuiltIn(entry.id.workspace) && builtInKey(entry) !in services) return Registration.Ignored
        val removed = makeRoom(entry, services)
        removed.forEach { services.remove(it.id.full) }
        services[entry.id.full] = entry
        return Registration.Done(removed)
    }

    /** Removes one service; null when there is none of that id. */
    @Synchronized
    fun unregister(id: ServiceId): ServiceEntry? {
        val services = workspaces[id.workspace] ?: return null
        val removed = services.remove(id.full)
        if (services.isEmpty()) workspaces.remove(id.workspace)
        return removed
    }

    /** Removes [entry], unless another one has its id by now; whether it was there. */
    @Synchronized
    fun withdraw(entry: ServiceEntry): Boolean =
        workspaces[entry.id.workspace]?.get(entry.id.full) === entry && unregister(entry.id) != null

    /** Removes all services of a client. */
    @Synchronized
    fun removeClient(
        workspace: String,
        client: String,
    ) {
        val services = workspaces[workspace] ?: return
        services.values.removeIf { it.id.client == client }
        if (services.isEmpty()) workspaces.remove(workspace)
    }

    /** The services whose ids match [pattern]. */
    @Synchronized
    fun find(pattern: ServiceId): List<ServiceEntry> {
        val candidates =
            if ('*' in pattern.workspace) {
                workspaces.filterKeys { globMatches(pattern.workspace, it) }.values.flatMap { it.values }
            } else {
                workspaces[pattern.workspace]?.values.orEmpty()
            }
        return candidates.filter {
            globMatches(pattern.service, it.id.service) &&
                globMatches(pattern.client, it.id.client) &&
                globMatches(pattern.app, it.id.app)
        }
    }

    private fun makeRoom(
        entry: ServiceEntry,
        services: Map<String, ServiceEntry>,
    ): List<ServiceEntry> {
        val same = services[entry.id.full]
        val rivals = services.values.filter { it !== same && it.id.service == entry.id.service }
        requireValue(entry.singleton || rivals.none { it.singleton }) {
            "A singleton service with the same name (${entry.id.service}) already exists in the workspace " +
                "(${entry.id.workspace}), please remove it first or use a different name."
        }
        if (same == null && !entry.isBuiltIn) checkQuota(entry.id, services.values)
        checkBytes(entry, same, services.values)
        return listOfNotNull(same) + if (entry.singleton) rivals else emptyList()
    }

    private fun checkQuota(
        id: ServiceId,
        services: Collection<ServiceEntry>,
    ) {
        val count = services.count { it.id.client == id.client && !it.isBuiltIn }
        if (count < MOST_OF_ONE_CLIENT) return
        throw HubProblem(
            "RuntimeError",
            "Service quota exceeded: client ${id.workspace}/${id.client} already has $count services (max $MOST_OF_ONE_CLIENT). " +
                "Remove unused services before registering new ones.",
        )
    }

    private fun checkBytes(
        entry: ServiceEntry,
        replaced: ServiceEntry?,
        services: Collection<ServiceEntry>,
    ) {
        val others = services.sumOf { if (it.id.client == entry.id.client && it !== replaced) it.size.toLong() else 0L }
        if (others + entry.size <= MOST_BYTES_OF_ONE_CLIENT) return
        throw HubProblem(
            "RuntimeError",
            "Service quota exceeded: the descriptions of the services of client ${entry.id.workspace}/${entry.id.client} may take " +
                "$MOST_BYTES_OF_ONE_CLIENT bytes in all. Remove unused services, or describe them more shortly.",
        )
    }

    private fun needsBuiltIn(workspace: String): Boolean = workspace != "public" && workspace != "ws-user-root"

    private fun builtInKey(entry: ServiceEntry): String = "${entry.id.workspace}/${entry.id.client}:${ServiceEntry.BUILT_IN}"

    private companion object {
        const val MOST_OF_ONE_CLIENT = 1000
        const val MOST_BYTES_OF_ONE_CLIENT = 16L shl 20
    }
}
