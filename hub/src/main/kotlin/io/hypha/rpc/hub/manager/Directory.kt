package io.hypha.rpc.hub.manager

import io.hypha.rpc.hub.route.ClientTable
import io.hypha.rpc.hub.route.HubClient
import io.hypha.rpc.hub.route.HubFrames
import io.hypha.rpc.hub.route.Router
import io.hypha.rpc.hub.route.SystemEvents
import io.hypha.rpc.hub.service.Registration
import io.hypha.rpc.hub.service.ServiceEntry
import io.hypha.rpc.hub.service.ServiceId
import io.hypha.rpc.hub.service.ServiceRegistry
import io.hypha.rpc.hub.socket.Presence

/** Keeps the registry in step with who is connected, and tells the workspace about every change (protocol §10.3). */
internal class Directory(
    private val clients: ClientTable,
    private val router: Router,
    private val registry: ServiceRegistry,
    private val vacancies: Vacancies,
) : Presence {
    @Volatile
    private var isClosed = false

    /**
     * Nobody is told any more who leaves. When the hub stops everybody does, and comes back when it runs again: who was told that the others
     * had left would give up calls that go on.
     */
    fun close() {
        isClosed = true
    }

    /**
     * Registers a service of [client]. The built-in service stands for the client itself, and is announced as such.
     *
     * @param prepare is called for a service that takes nobody's place, when it can be found and before anybody is told.
     */
    suspend fun register(
        client: HubClient,
        entry: ServiceEntry,
        prepare: suspend () -> Unit = {},
    ) {
        val result = registry.register(entry) as? Registration.Done ?: return
        try {
            if (result.removed.none { it.id.full == entry.id.full }) prepare()
        } finally {
            // It left in the meantime, of which `prepare` may have failed, and nobody would clean up after it. Whoever came in its place may have
            // registered the same.
            if (!isThere(client)) registry.withdraw(entry)
        }
        if (isThere(client)) announce(client, entry, result)
    }

    private fun isThere(client: HubClient): Boolean = clients[client.address] === client

    private fun announce(
        client: HubClient,
        entry: ServiceEntry,
        result: Registration.Done,
    ) {
        if (entry.isBuiltIn) {
            val event = if (result.removed.isEmpty()) SystemEvents.CLIENT_CONNECTED else SystemEvents.CLIENT_UPDATED
            router.announce(client.workspace, event, mapOf("id" to client.address, "workspace" to client.workspace))
        } else {
            result.removed.forEach { announceRemoved(it) }
            router.announce(client.workspace, SystemEvents.SERVICE_ADDED, entry.announcement)
        }
    }

    /** Removes one service; false when there is none of that id. */
    fun unregister(id: ServiceId): Boolean {
        val removed = registry.unregister(id) ?: return false
        if (removed.isBuiltIn) {
            val data = mapOf("id" to "${id.workspace}/${id.client}", "workspace" to id.workspace)
            router.announce(id.workspace, SystemEvents.CLIENT_DISCONNECTED, data)
        } else {
            announceRemoved(removed)
        }
        return true
    }

    override fun left(client: HubClient) {
        if (!clients.remove(client)) return
        registry.removeClient(client.workspace, client.id)
        if (isClosed) return
        val data = mapOf("id" to client.id, "workspace" to client.workspace)
        router.announce(client.workspace, SystemEvents.CLIENT_DISCONNECTED, data)
        for (sender in client.foreignSenders.all()) {
            router.deliver(sender, HubFrames.peerNotFound(sender, client.address))
        }
        // The manager belongs to no workspace, and has calls to this client that wait, and calls of it to serve.
        router.manager?.deliver(HubFrames.event(SystemEvents.CLIENT_DISCONNECTED, data))
        vacancies.left(client.workspace)
    }

    private fun announceRemoved(entry: ServiceEntry) {
        router.announce(entry.id.workspace, SystemEvents.SERVICE_REMOVED, entry.announcement)
    }
}
