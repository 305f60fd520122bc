package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.HyphaEvent
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import kotlinx.coroutines.runInterruptible
import java.util.function.Function

/**
 * The events of a type, to be taken one by one. Unlike a flow it listens from the moment on that it is made: what arrives before the first
 * [next] is there. Ends with the connection; whoever stops earlier has to [close] it.
 */
@InternalHyphaApi
public class EventPuller private constructor(
    connection: HyphaConnection,
    type: String,
    private val pick: Function<HyphaEvent, HyphaEvent?>,
) {
    private val dispatcher = JavaExecution.of(connection).dispatcher

    // Without room of its own: what waits is in the queue of the flow, which has bounds and says what it drops.
    private val events = Channel<HyphaEvent>()

    // Not a child of the connection: the event that says that it has ended is still to be taken.
    private val job =
        CoroutineScope(Dispatchers.Default).launch(start = CoroutineStart.UNDISPATCHED) {
            connection.events(type).collect(events::send)
        }

    init {
        job.invokeOnCompletion { events.close() }
    }

    /** The next event that is picked; null after the last one, and when this is closed. Whatever else ends the wait closes this. */
    public suspend fun next(): HyphaEvent? {
        var isWhole = false
        try {
            var picked: HyphaEvent? = null
            while (picked == null) {
                val event = events.receiveCatching().getOrNull() ?: break
                picked = runInterruptible(dispatcher) { pick.apply(event) }
            }
            isWhole = true
            return picked
        } finally {
            if (!isWhole) close()
        }
    }

    /** Stops listening; may be called again. */
    public fun close() {
        job.cancel()
        events.cancel()
    }

    /** Opening. */
    public companion object {
        /**
         * Listens; when this returns, and [subscribed] says so, the server delivers broadcasts of [type]. [pick] makes what is taken of an
         * event, null when it is not wanted, and may block.
         */
        @JvmStatic
        public suspend fun open(
            connection: HyphaConnection,
            type: String,
            subscribed: Boolean,
            pick: Function<HyphaEvent, HyphaEvent?>,
        ): EventPuller {
            val puller = EventPuller(connection, type, pick)
            if (!subscribed) return puller
            val subscriptions = connection.manager.subscriptions
            var isOpen = false
            try {
                subscriptions.acquire(type)
                isOpen = true
            } finally {
                if (!isOpen) puller.close()
            }
            puller.job.invokeOnCompletion { subscriptions.release(type) }
            return puller
        }
    }
}
