package io.hypha.rpc.client

import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlinx.coroutines.DisposableHandle

/**
 * Listens to events until it is disposed. Then it gets none any more, not even one that has arrived already; a call of its handler
 * that is running goes on to its end.
 */
public class EventListener internal constructor(
    internal val type: String,
    internal val isOnce: Boolean,
    internal val since: Long,
    internal val handler: suspend (HyphaEvent) -> Unit,
    private val onDispose: (EventListener) -> Unit,
) : DisposableHandle {
    private val lock = Lock()
    private var hasEnded = false
    private var isDropped = false

    /** Whether nobody wants to hear anything any more, not even what its handler is about to be told. */
    internal val isDisposed: Boolean get() = lock.withLock { isDropped }

    /** Stops listening; doing so again changes nothing. */
    override fun dispose() {
        lock.withLock { isDropped = true }
        if (end()) onDispose(this)
    }

    /** Whether it gets another event; of those that want only one, the first who asks gets the answer yes. */
    internal fun takes(): Boolean {
        if (!isOnce) return lock.withLock { !hasEnded }
        return end().also { if (it) onDispose(this) }
    }

    private fun end(): Boolean = lock.withLock { !hasEnded.also { hasEnded = true } }
}
