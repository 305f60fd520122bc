package io.hypha.rpc.client

/**
 * The types of the events that a connection tells its own listeners (protocol §10.1). Nothing of them is ever sent. The state of the
 * connection itself is better watched at [HyphaConnection.state]. The first connect has no events, for nobody can listen before it is done.
 */
public object LocalEvents {
    /** The connection has come back after it was lost; `data` is what the server said, without the token to come back with. */
    public const val CONNECTED: String = "connected"

    /**
     * The services of this client were registered again on a new link. `data` is a map of `total` and `registered`, the numbers of services,
     * and `failed`, the ids of those that the server has not taken; they are tried again.
     */
    public const val SERVICES_REGISTERED: String = "services_registered"

    /** This connection has ended; `data` is a map whose `reason` says why, null when it was closed by its user. The last event of all. */
    public const val DISCONNECTED: String = "disconnected"

    /**
     * A client of the workspace has left: calls to it have ended, and what is kept for it ends unless it is heard of within
     * [callerGrace][HyphaOptions.callerGrace]. `data` is a map of `client_id` (`workspace/client`), `sessions_cleaned`, the number of calls,
     * functions and streams in use with it, and `rintf_cleaned`, the number of interface objects that it had been sent.
     */
    public const val REMOTE_CLIENT_DISCONNECTED: String = "remote_client_disconnected"
}
