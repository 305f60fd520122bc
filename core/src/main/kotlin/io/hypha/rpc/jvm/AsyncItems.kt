package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/**
 * A flow whose items are handed one by one to code that may block. Its functions run one after the other, in the order in which they are
 * called. When one fails or is cancelled the flow is closed.
 */
@InternalHyphaApi
public class AsyncItems<T>(
    flow: Flow<T>,
    private val execution: JavaExecution,
) {
    private val stream = PullStream(flow)
    private val turn = Mutex()

    /** Hands the next item to [action]; false when there is none. */
    public suspend fun advance(action: ItemAction<T>): Boolean = inTurn { handNext(action) }

    /** Hands all that is left to [action]; an item is asked for when the action for the one before it has returned. */
    public suspend fun forEach(action: ItemAction<T>) {
        inTurn { while (handNext(action)) continue }
    }

    /** What is left, [limit] items at most; when there are as many the flow is closed. */
    public suspend fun toList(limit: Long): MutableList<T> =
        inTurn {
            val items = ArrayList<T>()
            while (items.size < limit) items += (stream.next() ?: return@inTurn items).value
            stream.close()
            items
        }

    /** Ends the collection, if it has begun; whoever waits for an item learns that there is none. */
    public fun close() {
        stream.close()
    }

    private suspend fun handNext(action: ItemAction<T>): Boolean {
        val item = stream.next() ?: return false
        execution.run { action.take(item.value) }
        return true
    }

    private suspend fun <R> inTurn(action: suspend () -> R): R =
        turn.withLock {
            var isDone = false
            try {
                action().also { isDone = true }
            } finally {
                if (!isDone) stream.close()
            }
        }
}

/** What is done with an item; it may block and throw anything. */
@InternalHyphaApi
public fun interface ItemAction<T> {
    /** Takes an item. */
    @Throws(Exception::class)
    public fun take(item: T)
}
