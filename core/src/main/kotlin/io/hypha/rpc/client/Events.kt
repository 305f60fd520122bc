package io.hypha.rpc.client

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.channels.BufferOverflow
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.job
import kotlinx.coroutines.launch

/**
 * Hands events to listeners, one after the other in the order of their registration. Up to [CAPACITY] events wait for slow listeners;
 * then the oldest are dropped, which the log says, for the reader of the connection never waits for a listener.
 */
internal class Events(
    private val scope: CoroutineScope,
    private val logger: HyphaLogger,
) {
    private val lock = Lock()
    private var listeners = emptyList<EventListener>()
    private val waiting =
        Channel<() -> HyphaEvent>(CAPACITY, BufferOverflow.DROP_OLDEST) {
            logger.log(HyphaLogger.Level.Warn, "an event was dropped: $CAPACITY wait for slow listeners already", null)
        }

    init {
        scope.launch { for (event in waiting) dispatch(event) }
    }

    fun on(
        type: String,
        isOnce: Boolean,
        handler: suspend (HyphaEvent) -> Unit,
    ): EventListener {
        val listener = EventListener(type, isOnce, handler) { gone -> lock.withLock { listeners = listeners - gone } }
        lock.withLock { listeners = listeners + listener }
        return listener
    }

    /** Removes all listeners of [type], or of every type. */
    fun off(type: String?) {
        lock.withLock { listeners = listeners.filter { type != null && it.type != type } }
    }

    fun flow(type: String): Flow<HyphaEvent> =
        callbackFlow {
            val listener = on(type, isOnce = false) { send(it) }
            val end = scope.coroutineContext.job.invokeOnCompletion { close() }
            awaitClose {
                end.dispose()
                listener.dispose()
            }
        }.buffer(CAPACITY)

    /** Whether anybody listens to [type]; nothing is decoded for nobody. */
    fun isWanted(type: String): Boolean = lock.withLock { listeners.any { it.type == type } }

    /** Queues an event; [decode] runs in the coroutine of the listeners. */
    fun offer(decode: () -> HyphaEvent) {
        waiting.trySend(decode)
    }

    private suspend fun dispatch(decode: () -> HyphaEvent) {
        try {
            val event = decode()
            for (listener in lock.withLock { listeners }.filter { it.type == event.type }) {
                if (listener.isOnce) listener.dispose()
                deliver(listener, event)
            }
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Exception,
        ) {
            // Codecs of the user decode events, and theirs may be any exception.
            currentCoroutineContext().ensureActive()
            logger.log(HyphaLogger.Level.Warn, "an event that cannot be read was dropped", e)
        }
    }

    private suspend fun deliver(
        listener: EventListener,
        event: HyphaEvent,
    ) {
        try {
            listener.handler(event)
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Exception,
        ) {
            // A time-out of the listener's own, or a collector that has just left, is no reason to end the other listeners.
            currentCoroutineContext().ensureActive()
            if (e is CancellationException && e !is TimeoutCancellationException) return
            logger.log(HyphaLogger.Level.Error, "a listener of '${event.type}' failed", e)
        }
    }

    private companion object {
        const val CAPACITY = 1024
    }
}
