package io.hypha.rpc.client

/**
 * The types of the events that a connection tells its own listeners (protocol §10.1). Nothing of them is ever sent. The state of the
 * connection itself is better watched at [HyphaConnection.state]; `connected`, `services_registered` and `manager_refreshed` have no event, for nobody
 * can listen before the connection stands and the built-in service is registered.
 */
public object LocalEvents {
    /** This connection has ended; `data` is a map whose `reason` says why, null when it was closed by its user. The last event of all. */
    public const val DISCONNECTED: String = "disconnected"

    /**
     * A client of the workspace has left, and nothing is kept for it any more. `data` is a map of `client_id` (`workspace/client`),
     * `sessions_cleaned`, the number of calls, functions and streams in use that ended with it, and `rintf_cleaned`, the number of interface
     * objects that it had been sent.
     */
    public const val REMOTE_CLIENT_DISCONNECTED: String = "remote_client_disconnected"
}
