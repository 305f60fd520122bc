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
    private var isDisposed = false

    /** Stops listening; doing so again changes nothing. */
    override fun dispose() {
        if (end()) onDispose(this)
    }

    /** Whether it gets another event; of those that want only one, the first who asks gets the answer yes. */
    internal fun takes(): Boolean {
        if (!isOnce) return lock.withLock { !isDisposed }
        return end().also { if (it) onDispose(this) }
    }

    private fun end(): Boolean = lock.withLock { !isDisposed.also { isDisposed = true } }
}
