package io.hypha.rpc.testing

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.transport.LinkedPair
import io.hypha.rpc.transport.Transport
import kotlinx.coroutines.channels.Channel

/**
 * A server's door: every [open] makes another link, whose far end the test takes from [visitors], or fails as [answer] says.
 *
 * @property answer what the server says to an identity; throws to refuse it.
 */
internal class Doors(
    var answer: suspend (Identity) -> ConnectionInfo = { infoOf(it.clientId) },
) : Transport {
    private var links = 0

    /** Who came, in order. */
    val seen = mutableListOf<Identity>()

    /** The far ends of the links that were made. */
    val visitors = Channel<LinkedPair>(Channel.UNLIMITED)

    override suspend fun open(identity: Identity): Link {
        seen += identity
        val pair = LinkedPair(answer(identity), infoOf("manager-1", "*"), capacity = 1024)
        visitors.send(pair)
        val number = ++links
        return object : Link by pair.left {
            override suspend fun receive(): LinkEvent =
                refreshed.removeFirstOrNull()?.let(LinkEvent::ReconnectionToken) ?: pair.left.receive()

            override fun close(reason: String) {
                closings += "$number: $reason"
                pair.left.close(reason)
            }
        }
    }

    /** Tokens to come back with that the server hands out next. */
    val refreshed = mutableListOf<String>()

    /** The links that were closed by their client, and why. */
    val closings = mutableListOf<String>()

    /** Lets nobody in. */
    fun shut() {
        answer = { throw ConnectionClosedException("cannot connect") }
    }
}
