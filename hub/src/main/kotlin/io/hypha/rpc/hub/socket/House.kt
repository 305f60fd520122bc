package io.hypha.rpc.hub.socket

import io.hypha.rpc.hub.route.Router
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import java.util.concurrent.ConcurrentHashMap

/** What all connections of a hub share. */
internal class House(
    val settings: SocketSettings,
    val doorkeeper: Doorkeeper,
    val greeting: Greeting,
    val router: Router,
    val presence: Presence,
    val scope: CoroutineScope,
) {
    /** Done when clients can be let in: nobody must find the hub without its workspace manager. */
    val ready = CompletableDeferred<Unit>()
    val textFrames = TextFrames(greeting)

    /** Every open socket, those that have not said yet who they are included. */
    val sockets: MutableSet<SocketHandler> = ConcurrentHashMap.newKeySet()
}
