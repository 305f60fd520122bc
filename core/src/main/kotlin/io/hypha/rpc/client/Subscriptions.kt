package io.hypha.rpc.client

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.debug
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/**
 * Which broadcasts the server delivers to this client (protocol §10.2), counted over everybody here who wants a type: the server is told
 * of the first one and of the last. What the user subscribes to by hand stays until the user takes it back.
 *
 * @param tell calls `subscribe` or `unsubscribe` of the manager.
 */
internal class Subscriptions(
    private val scope: CoroutineScope,
    private val logger: HyphaLogger,
    private val tell: suspend (function: String, types: List<String>) -> Unit,
) {
    private val lock = Lock()
    private val counts = HashMap<String, Int>()

    /** Changes only in turn with what is told to the server, so that nobody who fails takes back what another one was promised. */
    private val byHand = HashSet<String>()

    /** Keeps what is told to the server in order; guards the two sets below. */
    private val turn = Mutex()
    private val confirmed = HashSet<String>()

    /** Asked for, and perhaps delivered: a cancelled request may have arrived. */
    private val possible = HashSet<String>()

    /** Returns when events of [type] are delivered; they are until [release]. */
    suspend fun acquire(type: String) {
        lock.withLock { counts[type] = (counts[type] ?: 0) + 1 }
        var isHeld = false
        try {
            turn.withLock { if (type !in confirmed) ask(listOf(type)) }
            isHeld = true
        } finally {
            if (!isHeld) release(type)
        }
    }

    /** The counterpart of [acquire]; does not wait for the server. */
    fun release(type: String) {
        lock.withLock {
            val left = counts.getValue(type) - 1
            if (left == 0) counts.remove(type) else counts[type] = left
        }
        endUnwanted(listOf(type))
    }

    /** The user's own. */
    suspend fun subscribe(types: List<String>) {
        var isDone = false
        try {
            turn.withLock {
                ask(types)
                lock.withLock { byHand += types }
            }
            isDone = true
        } finally {
            if (!isDone) endUnwanted(types)
        }
    }

    /** Ends the user's own; types that others here want stay. */
    suspend fun unsubscribe(types: List<String>) {
        turn.withLock {
            lock.withLock { byHand -= types.toSet() }
            val gone = types.filterNot(::isWanted)
            if (gone.isNotEmpty()) end(gone)
        }
    }

    /**
     * Every type that somebody here wants, for servers forget subscriptions with the link. Takes no turn: what is being told to the server
     * may be waiting for the very link over which this is restored.
     */
    val wanted: List<String> get() = lock.withLock { (counts.keys + byHand).sorted() }

    private fun endUnwanted(types: List<String>) {
        if (types.all(::isWanted)) return
        scope.launch {
            turn.withLock {
                val gone = types.filter { it in possible && !isWanted(it) }
                try {
                    if (gone.isNotEmpty()) end(gone)
                } catch (e: HyphaException) {
                    logger.debug { "the server goes on delivering events of ${gone.joinToString()}: ${e.message}" }
                }
            }
        }
    }

    private fun isWanted(type: String): Boolean = lock.withLock { type in counts || type in byHand }

    private suspend fun ask(types: List<String>) {
        possible += types
        try {
            tell("subscribe", types)
            confirmed += types
        } catch (e: HyphaException) {
            // After a timeout nobody knows what the server did; any other answer is a no.
            if (e !is CallTimeoutException) possible -= types.toSet() - confirmed
            throw e
        }
    }

    private suspend fun end(types: List<String>) {
        confirmed -= types.toSet()
        tell("unsubscribe", types)
        possible -= types.toSet()
    }
}
