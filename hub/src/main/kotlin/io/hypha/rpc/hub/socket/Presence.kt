package io.hypha.rpc.hub.socket

import io.hypha.rpc.hub.route.HubClient

/** Is told who left, to tell others. */
internal fun interface Presence {
    /** The connection of [client] has ended; may be called more than once, and for one that another has replaced. */
    fun left(client: HubClient)
}
