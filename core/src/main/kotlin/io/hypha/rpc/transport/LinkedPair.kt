package io.hypha.rpc.transport

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.wire.ByteChain
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ClosedSendChannelException

/**
 * Two links that are each other's far end, in memory: what one sends the other receives. Each direction holds up to [capacity]
 * messages; then the sender suspends.
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

    /** One end. */
    public val left: Link = End(leftInfo, connectionType, toLeft, toRight)

    /** The other end. */
    public val right: Link = End(rightInfo, connectionType, toRight, toLeft)

    private class End(
        override val info: ConnectionInfo,
        override val connectionType: String,
        private val incoming: Channel<LinkEvent>,
        private val outgoing: Channel<LinkEvent>,
    ) : Link {
        override suspend fun receive(): LinkEvent {
            val next = incoming.receiveCatching()
            return next.getOrNull() ?: LinkEvent.Closed(NORMAL, next.exceptionOrNull()?.message ?: "")
        }

        override suspend fun send(message: ByteChain) {
            deliver(LinkEvent.Message(message.toBytes()))
        }

        override suspend fun control(message: ControlMessage) {
            when (message) {
                ControlMessage.Ping -> incoming.trySend(LinkEvent.Pong)
                ControlMessage.RefreshToken -> Unit
            }
        }

        private suspend fun deliver(event: LinkEvent) {
            try {
                outgoing.send(event)
            } catch (e: ClosedSendChannelException) {
                throw ConnectionClosedException("the link is closed", e)
            } catch (e: LinkEnd) {
                throw ConnectionClosedException("the link is closed: ${e.message}", e)
            }
        }

        override fun close(reason: String) {
            outgoing.close(LinkEnd(reason))
            incoming.close(LinkEnd(reason))
        }
    }

    /** Carries the reason of an end through the channels. */
    private class LinkEnd(
        reason: String,
    ) : RuntimeException(reason)

    private companion object {
        const val NORMAL = 1000
    }
}
