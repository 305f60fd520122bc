package io.hypha.rpc.hub.route

/** Names of the messages that only the hub sends (protocol §10.3, §2.5). */
internal object SystemEvents {
    const val CLIENT_CONNECTED = "client_connected"
    const val CLIENT_UPDATED = "client_updated"
    const val CLIENT_DISCONNECTED = "client_disconnected"
    const val SERVICE_ADDED = "service_added"
    const val SERVICE_REMOVED = "service_removed"
    const val WORKSPACE_LOADED = "workspace_loaded"
    const val WORKSPACE_DELETED = "workspace_deleted"
    const val WORKSPACE_CHANGED = "workspace_changed"
    const val WORKSPACE_READY = "workspace_ready"
    const val WORKSPACE_UNLOADED = "workspace_unloaded"
    const val WORKSPACE_STATUS_CHANGED = "workspace_status_changed"

    /** Clients act on these without asking who sent them, so a client that sends one is refused. */
    val FROM_HUB_ONLY: Set<String?> =
        setOf(
            CLIENT_CONNECTED,
            CLIENT_UPDATED,
            CLIENT_DISCONNECTED,
            SERVICE_ADDED,
            SERVICE_REMOVED,
            WORKSPACE_LOADED,
            WORKSPACE_DELETED,
            WORKSPACE_CHANGED,
            WORKSPACE_READY,
            WORKSPACE_UNLOADED,
            WORKSPACE_STATUS_CHANGED,
            "service_updated",
            "peer_not_found",
            "force-exit",
        )
}
