package io.hypha.rpc.transport

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.wire.ByteChain
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.selects.select

/**
 * Two links that are each other's far end, in memory: what one sends the other receives. Each direction holds up to [capacity]
 * messages; then the sender suspends. Messages that were sent before the end still arrive.
 */
@InternalHyphaApi
public class LinkedPair(
    leftInfo: ConnectionInfo,
    rightInfo: ConnectionInfo,
    connectionType: String = "memory",
    capacity: Int = 64,
) {
    private val toRight = Channel<LinkEvent>(capacity)
    private val toLeft = Channel<LinkEvent>(capacity)
    private val end = CompletableDeferred<String>()

    /** One end. */
    public val left: Link = End(leftInfo, connectionType, toLeft, toRight)

    /** The other end. */
    public val right: Link = End(rightInfo, connectionType, toRight, toLeft)

    private inner class End(
        override val info: ConnectionInfo,
        override val connectionType: String,
        private val incoming: Channel<LinkEvent>,
        private val outgoing: Channel<LinkEvent>,
    ) : Link {
        override suspend fun receive(): LinkEvent = incoming.receiveCatching().getOrNull() ?: LinkEvent.Closed(NORMAL, end.await())

        override suspend fun send(message: ByteChain) {
            val event = LinkEvent.Message(message.toBytes())
            if (outgoing.trySend(event).isSuccess) return
            // A channel that is closed leaves those who wait in it waiting.
            select {
                end.onAwait { throw ConnectionClosedException("the link is closed: $it", didNotRun = true) }
                outgoing.onSend(event) {}
            }
        }

        override suspend fun control(message: ControlMessage) {
            when (message) {
                ControlMessage.Ping -> incoming.trySend(LinkEvent.Pong)
                ControlMessage.RefreshToken -> Unit
            }
        }

        override fun close(reason: String) {
            end.complete(reason)
            outgoing.close()
            incoming.close()
        }
    }

    private companion object {
        const val NORMAL = 1000
    }
}
