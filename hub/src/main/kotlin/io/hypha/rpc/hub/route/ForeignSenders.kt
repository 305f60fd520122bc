package io.hypha.rpc.hub.route

import java.util.concurrent.ConcurrentHashMap

/**
 * The addresses of clients in other workspaces that sent something to a client: calls, whose replies they wait for, or replies, with
 * which they may have handed it something to keep. Events reach only its own workspace, so these have to be told one by one when it leaves
 * (`peer_not_found`, protocol §2.5). Those who have left make room; who comes when the table is full all the same is not remembered and has its
 * timeouts.
 */
internal class ForeignSenders {
    private val addresses = ConcurrentHashMap.newKeySet<String>()

    /** [isConnected] says who is still there. */
    fun add(
        address: String,
        isConnected: (address: String) -> Boolean,
    ) {
        if (address in addresses) return
        if (addresses.size >= MOST) addresses.removeIf { !isConnected(it) }
        if (addresses.size < MOST) addresses.add(address)
    }

    fun all(): Set<String> = addresses

    private companion object {
        const val MOST = 1000
    }
}
