package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.launch
import kotlin.coroutines.ContinuationInterceptor

/**
 * A flow whose items are taken one by one. Nothing is collected before the first [next], and no item is asked for ahead of the one
 * that is wanted. Whoever does not take everything has to [close] it.
 */
@InternalHyphaApi
public class PullStream<T>(
    private val flow: Flow<T>,
) {
    private val demands = Channel<CompletableDeferred<PulledItem<T>?>>(Channel.UNLIMITED)

    private val place = DemandingPlace()
    private val job = CoroutineScope(place).launch(start = CoroutineStart.LAZY) { collect() }

    init {
        // Nobody waits for ever for an item of a stream that has ended.
        job.invokeOnCompletion {
            demands.close()
            while (true) (demands.tryReceive().getOrNull() ?: break).complete(null)
        }
    }

    private suspend fun collect() {
        var demand = demands.receive()
        try {
            flow.collect { item ->
                demand.complete(PulledItem(item))
                demand = demands.receive()
            }
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            // Only when nobody has closed the stream there is somebody to tell.
            currentCoroutineContext().ensureActive()
            demand.completeExceptionally(e)
        } finally {
            demand.complete(null)
        }
    }

    /** The next item; null after the last one, after a failure, and when the stream is closed. Throws what the flow fails with. */
    public suspend fun next(): PulledItem<T>? {
        val item = CompletableDeferred<PulledItem<T>?>()
        place.follow(currentCoroutineContext()[ContinuationInterceptor])
        if (demands.trySend(item).isFailure) return null
        job.start()
        return item.await()
    }

    /** Ends the collection, if it has begun; the flow has run its `finally` when this returns, as far as that does not suspend. */
    public fun close() {
        // Here and now, so that the remote stream has been told when this returns.
        place.follow(null)
        job.cancel()
    }
}

/** An item of a stream, which may be null. */
@InternalHyphaApi
public class PulledItem<T> internal constructor(
    /** The item. */
    public val value: T,
)
