package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.withContext

/** Something that sends items to observers as they ask for them, by the rules of Reactive Streams. */
@InternalHyphaApi
public fun interface ItemPublisher<T> {
    /** Subscribes [observer]. The subscription is told by [PublishedItems.subscribed]. */
    public fun subscribe(observer: PublishedItems<T>)
}

/** What an observer tells a publisher. */
@InternalHyphaApi
public interface ItemSubscription {
    /** Asks for more items. */
    public fun request(count: Long)

    /** Wants no more of them. */
    public fun cancel()
}

/** The observer of a publisher whose items are sent: each is requested when it is wanted. */
@InternalHyphaApi
public class PublishedItems<T> private constructor() : ItemObserver<T> {
    private val subscription = CompletableDeferred<ItemSubscription>()

    /** One item at most, if the publisher keeps to what it was asked for. */
    private val items = Channel<PulledItem<T>>(capacity = 1)

    /** The first signal. */
    public fun subscribed(subscription: ItemSubscription) {
        // A second subscription is refused (rule 2.5).
        if (!this.subscription.complete(subscription)) subscription.cancel()
    }

    override fun item(item: T) {
        if (items.trySend(PulledItem(item)).isFailure) {
            items.close(IllegalStateException("the publisher sent an item that was not requested (Reactive Streams, rule 1.1)"))
        }
    }

    override fun failed(failure: Throwable) {
        items.close(failure)
    }

    override fun ended() {
        items.close()
    }

    private suspend fun next(
        subscription: ItemSubscription,
        execution: JavaExecution,
    ): PulledItem<T>? {
        execution.run { subscription.request(1) }
        val item = items.receiveCatching()
        item.exceptionOrNull()?.let { throw it }
        return item.getOrNull()
    }

    /** Makes the streams. */
    public companion object {
        /** The items of [publisher] as a stream, which subscribes when it is collected. It uses the publisher where handlers run. */
        @JvmStatic
        public fun <T> flowOf(publisher: ItemPublisher<T>): Flow<T> =
            flow {
                val execution = JavaExecution.current()
                val observer = PublishedItems<T>()
                try {
                    execution.run { publisher.subscribe(observer) }
                    val subscription = observer.subscription.await()
                    while (true) emit((observer.next(subscription, execution) ?: break).value)
                } finally {
                    withContext(NonCancellable) { execution.runAnyhow { observer.end() } }
                }
            }
    }

    /** A publisher that has yet to say that it subscribed us is told then. */
    private fun end() {
        subscribed(Nobody)
        @OptIn(kotlinx.coroutines.ExperimentalCoroutinesApi::class)
        subscription.getCompleted().cancel()
    }

    private object Nobody : ItemSubscription {
        override fun request(count: Long) = Unit

        override fun cancel() = Unit
    }
}
