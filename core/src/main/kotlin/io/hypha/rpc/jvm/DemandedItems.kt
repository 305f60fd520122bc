package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/**
 * The items of a flow for an [observer] that says how many it wants, by the rules of Reactive Streams: one signal after the other, no
 * more items than were requested, and nothing after the last signal. The flow is collected from the first request on, and asked for an
 * item only when one was requested, so its end is known only to whoever requests more than there is. Signals come where handlers run.
 */
@InternalHyphaApi
public class DemandedItems<T>(
    private val flow: Flow<T>,
    private val execution: JavaExecution,
    private val observer: ItemObserver<T>,
) {
    private val lock = Any()
    private var demand = 0L
    private val hasDemand = Channel<Unit>(Channel.CONFLATED)
    private val refused = CompletableDeferred<Nothing>()
    private val delivery =
        CoroutineScope(
            execution.servingDispatcher ?: Dispatchers.Default,
        ).launch(start = CoroutineStart.LAZY) { deliver() }

    /** There are no signals before, and nothing is asked for. */
    public fun start() {
        delivery.start()
    }

    /** Asks for [count] more items; `Long.MAX_VALUE` for all. One that is not positive ends the stream with an error (rule 3.9). */
    public fun request(count: Long) {
        if (count <= 0) {
            refused.completeExceptionally(
                IllegalArgumentException("request($count): ask for one item at least (Reactive Streams, rule 3.9)"),
            )
            return
        }
        synchronized(lock) { demand = if (demand > Long.MAX_VALUE - count) Long.MAX_VALUE else demand + count }
        hasDemand.trySend(Unit)
    }

    /** Ends the stream: there are no more signals, but for one that is under way. */
    public fun cancel() {
        delivery.cancel()
    }

    private suspend fun deliver() {
        try {
            collect()
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            // Not when the observer has cancelled.
            currentCoroutineContext().ensureActive()
            signal { observer.failed(e) }
            return
        }
        signal { observer.ended() }
    }

    private suspend fun collect() =
        coroutineScope {
            // Ends the collection, also while it waits for an item.
            val refusal = launch { refused.await() }
            awaitDemand()
            flow.collect { item ->
                if (item == null) throw NullPointerException("the stream has an item that is null, which a publisher may not send")
                signal { observer.item(item) }
                awaitDemand()
            }
            refusal.cancel()
        }

    private suspend fun awaitDemand() {
        while (!takeDemand()) hasDemand.receive()
    }

    private suspend fun takeDemand(): Boolean {
        currentCoroutineContext().ensureActive()
        return synchronized(lock) {
            val isWanted = demand > 0
            if (isWanted && demand < Long.MAX_VALUE) demand--
            isWanted
        }
    }

    /** An observer that cancels in a signal is not interrupted in it, and nobody has more to say to one that throws (rule 2.13). */
    private suspend fun signal(action: () -> Unit) {
        withContext(NonCancellable) {
            execution.runAnyhow {
                try {
                    action()
                } catch (
                    @Suppress("TooGenericExceptionCaught") e: Throwable,
                ) {
                    cancel()
                    val thread = Thread.currentThread()
                    thread.uncaughtExceptionHandler.uncaughtException(thread, e)
                }
            }
        }
    }
}

/** Whoever gets the items of a stream. */
@InternalHyphaApi
public interface ItemObserver<T> {
    /** The next item. */
    public fun item(item: T)

    /** The last signal: the stream has failed. */
    public fun failed(failure: Throwable)

    /** The last signal: there are no more items. */
    public fun ended()
}
