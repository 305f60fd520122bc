package io.hypha.rpc.call

import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.launch

/**
 * Starts the callbacks of one session in the order of their arrival. A callback runs in the queue's own coroutine until it first
 * suspends; then the next one starts. The queue has no bound of its own: [IncomingCalls] bounds what goes into all of them.
 */
@OptIn(DelicateCoroutinesApi::class)
internal class SerialQueue(
    private val scope: CoroutineScope,
) {
    private val lock = Lock()
    private val waiting = ArrayDeque<() -> Unit>()
    private var draining = false

    /** Runs [start] after everything that was submitted before; never on the caller's thread. */
    fun submit(start: () -> Unit) {
        val drains =
            lock.withLock {
                waiting.addLast(start)
                !draining.also { draining = true }
            }
        // Also when the scope has ended meanwhile: a reply that waits in here must reach its caller, who is not part of the scope.
        if (drains) scope.launch(start = CoroutineStart.ATOMIC) { drain() }
    }

    /** Runs [end] when everything that was submitted before has started: at once, if nothing waits. */
    fun afterStarted(end: () -> Unit) {
        val waits =
            lock.withLock {
                if (draining) waiting.addLast(end)
                draining
            }
        if (!waits) end()
    }

    private fun drain() {
        while (true) {
            val next = lock.withLock { waiting.removeFirstOrNull().also { draining = it != null } } ?: return
            next()
        }
    }
}
