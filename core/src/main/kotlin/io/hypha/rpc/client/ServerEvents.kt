package io.hypha.rpc.client

/** The types of the events that the server itself sends to those who have subscribed (protocol §10.3). */
public object ServerEvents {
    /** A client has connected; [HyphaEvent.clientId] says which. */
    public const val CLIENT_CONNECTED: String = "client_connected"

    /** A client has registered again; [HyphaEvent.clientId] says which. */
    public const val CLIENT_UPDATED: String = "client_updated"

    /** A client has left; [HyphaEvent.clientId] says which. */
    public const val CLIENT_DISCONNECTED: String = "client_disconnected"

    /** A service was registered; [HyphaEvent.serviceInfo] describes it. */
    public const val SERVICE_ADDED: String = "service_added"

    /** A service was withdrawn, or is about to be replaced. Those of a client that leaves go without this event. */
    public const val SERVICE_REMOVED: String = "service_removed"

    /** A service was changed; today's servers send [SERVICE_REMOVED] and [SERVICE_ADDED] instead. */
    public const val SERVICE_UPDATED: String = "service_updated"

    /** A workspace was loaded; goes to the workspace of the user who caused it, like [WORKSPACE_DELETED]. */
    public const val WORKSPACE_LOADED: String = "workspace_loaded"

    /** A workspace was deleted. */
    public const val WORKSPACE_DELETED: String = "workspace_deleted"

    /** The description of this workspace has changed. */
    public const val WORKSPACE_CHANGED: String = "workspace_changed"

    /** This workspace is ready. */
    public const val WORKSPACE_READY: String = "workspace_ready"

    /** This workspace was unloaded. */
    public const val WORKSPACE_UNLOADED: String = "workspace_unloaded"

    /** The status of this workspace has changed. */
    public const val WORKSPACE_STATUS_CHANGED: String = "workspace_status_changed"

    /** What no client may send: others act on these without asking who sent them. */
    internal val reserved: Set<String> =
        setOf(
            CLIENT_CONNECTED,
            CLIENT_UPDATED,
            CLIENT_DISCONNECTED,
            SERVICE_ADDED,
            SERVICE_REMOVED,
            SERVICE_UPDATED,
            WORKSPACE_LOADED,
            WORKSPACE_DELETED,
            WORKSPACE_CHANGED,
            WORKSPACE_READY,
            WORKSPACE_UNLOADED,
            WORKSPACE_STATUS_CHANGED,
            "peer_not_found",
            "force-exit",
            "error",
        )
}
