package io.hypha.rpc.hub.route

import java.util.concurrent.ConcurrentHashMap

/** Who is connected. Safe for all threads; a client object stands in the table at most once. */
internal class ClientTable {
    private val byAddress = ConcurrentHashMap<String, HubClient>()
    private val byWorkspace = ConcurrentHashMap<String, Set<HubClient>>()

    /** The client at an absolute address. */
    operator fun get(address: String): HubClient? = byAddress[address]

    /** All clients of one workspace. */
    fun inWorkspace(workspace: String): Set<HubClient> = byWorkspace[workspace].orEmpty()

    /** All clients. */
    fun all(): Collection<HubClient> = byAddress.values

    /** Adds a client unless its address is taken; returns the one that has it, or null when [client] was added. */
    fun addIfFree(client: HubClient): HubClient? {
        val present = byAddress.putIfAbsent(client.address, client)
        if (present == null) join(client)
        return present
    }

    /** Adds a client, in the place of the one that has its address; returns that one. */
    fun replace(client: HubClient): HubClient? {
        val old = byAddress.put(client.address, client)
        // In one step: nobody may find the workspace empty in between, and remove it.
        byWorkspace.merge(client.workspace, setOf(client)) { before, new -> (if (old == null) before else before - old) + new }
        return old
    }

    /** Removes exactly this client; false when it has been removed or replaced before. */
    fun remove(client: HubClient): Boolean {
        if (!byAddress.remove(client.address, client)) return false
        leave(client)
        return true
    }

    private fun join(client: HubClient) {
        byWorkspace.merge(client.workspace, setOf(client)) { old, new -> old + new }
    }

    private fun leave(client: HubClient) {
        byWorkspace.computeIfPresent(client.workspace) { _, clients -> (clients - client).ifEmpty { null } }
    }
}
