package io.hypha.rpc.connection

import io.hypha.rpc.metrics.HyphaMetrics
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.transport.Transport
import io.hypha.rpc.wire.ByteChain

/** Counts the frames of every link of [transport]. Only in the way when somebody wants the numbers. */
internal class MeteredTransport(
    private val transport: Transport,
    private val metrics: HyphaMetrics,
) : Transport {
    override suspend fun open(identity: Identity): Link = MeteredLink(transport.open(identity), metrics)

    private class MeteredLink(
        private val link: Link,
        private val metrics: HyphaMetrics,
    ) : Link by link {
        override suspend fun receive(): LinkEvent {
            val event = link.receive()
            if (event is LinkEvent.Message) metrics.onFrameReceived(event.bytes.size)
            return event
        }

        override suspend fun send(message: ByteChain) {
            link.send(message)
            metrics.onFrameSent(message.size)
        }
    }
}
