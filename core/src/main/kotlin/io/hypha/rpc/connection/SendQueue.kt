package io.hypha.rpc.connection

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.transport.FrameSink
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.Urgency
import io.hypha.rpc.wire.ByteChain
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration

/**
 * The way of every message to the link of the moment. While there is none, senders wait, each with its own message, so that nothing is
 * stored here.
 *
 * @param patience how long a message waits for the next link.
 */
internal class SendQueue(
    private val patience: Duration,
) : FrameSink {
    private val gate = MutableStateFlow<Gate>(Gate.Shut)

    /** There is no link. */
    fun shut() = turn(Gate.Shut)

    /** [link] takes messages that restore what the server knew of this client, and no others. */
    fun restore(link: Link) = turn(Gate.Restoring(link))

    /** [link] takes every message. */
    fun open(link: Link) = turn(Gate.Open(link))

    /** There will be no link any more. */
    fun end(cause: HyphaException?) {
        gate.value = Gate.Ended(cause)
    }

    private fun turn(next: Gate) {
        while (true) {
            val now = gate.value
            if (now is Gate.Ended || gate.compareAndSet(now, next)) return
        }
    }

    override suspend fun send(
        frame: ByteChain,
        lane: String,
        urgency: Urgency,
    ) {
        while (true) {
            val link = linkFor(urgency)
            try {
                return link.send(frame)
            } catch (e: ConnectionClosedException) {
                // It may have left, and is not sent again: whoever waits for its reply learns of the end in another way.
                if (!e.didNotRun) return
                // Before the reader has noticed that the link has ended.
                gate.first { it.linkFor(urgency) !== link }
            }
        }
    }

    private suspend fun linkFor(urgency: Urgency): Link {
        gate.value.linkFor(urgency)?.let { return it }
        val known =
            if (patience.isPositive()) {
                withTimeoutOrNull(patience) {
                    gate.first { it is Gate.Ended || it.linkFor(urgency) != null }
                }
            } else {
                gate.value
            }
        (known as? Gate.Ended)?.let { throw closed(it.cause) }
        return known?.linkFor(urgency) ?: throw ConnectionClosedException(
            "the connection is lost and did not come back within $patience",
            didNotRun = true,
        )
    }

    private fun closed(cause: HyphaException?) =
        ConnectionClosedException(cause?.message ?: "Connection is closed", cause, didNotRun = true)

    private sealed class Gate {
        abstract fun linkFor(urgency: Urgency): Link?

        object Shut : Gate() {
            override fun linkFor(urgency: Urgency): Link? = null
        }

        class Restoring(
            private val link: Link,
        ) : Gate() {
            override fun linkFor(urgency: Urgency): Link? = link.takeIf { urgency == Urgency.Restoration }
        }

        class Open(
            private val link: Link,
        ) : Gate() {
            override fun linkFor(urgency: Urgency): Link = link
        }

        class Ended(
            val cause: HyphaException?,
        ) : Gate() {
            override fun linkFor(urgency: Urgency): Link? = null
        }
    }
}
