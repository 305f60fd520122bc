package io.hypha.rpc.client

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration.Companion.seconds

/**
 * Hands events to listeners: one event after the other in the order of arrival, each to its listeners one after the other in the order
 * of their registration. A listener gets what arrives after its registration. A slow handler holds up the others, never the reader of
 * the connection: what cannot wait any more is dropped (see [EventQueue]). An [EventInbox] holds up nobody.
 *
 * @param lastWords the event that says that the connection has ended; the listeners have [Farewell] for it, together.
 */
internal class Events(
    private val scope: CoroutineScope,
    private val logger: HyphaLogger,
    private val lastWords: () -> HyphaEvent,
) {
    private val lock = Lock()
    private var listeners = emptyList<EventListener>()
    private var inboxes = emptyMap<EventListener, EventQueue<HyphaEvent>>()
    private var arrivals = 0L
    private var hasEnded = false
    private val waiting = EventQueue<Arrival>(logger, "events for slow listeners") { it.size }

    init {
        scope.launch(start = CoroutineStart.UNDISPATCHED) {
            try {
                while (true) if (!goOn()) break
            } finally {
                withContext(NonCancellable) { end() }
            }
        }
    }

    /** Registers [handler]; [onDispose] runs when it gets no more events. */
    fun on(
        type: String,
        isOnce: Boolean,
        onDispose: () -> Unit = {},
        handler: suspend (HyphaEvent) -> Unit,
    ): EventListener =
        lock.withLock {
            val listener =
                EventListener(type, isOnce, arrivals, handler) {
                    remove(it)
                    onDispose()
                }
            if (!hasEnded) listeners = listeners + listener
            listener
        }

    /** Collects the events of [type] from now on for one coroutine. */
    fun inbox(type: String): EventInbox {
        val queue = EventQueue<HyphaEvent>(logger, "events of '$type' for a slow collector") { it.size }
        return lock.withLock {
            val listener = EventListener(type, isOnce = false, arrivals, { queue.offer(it) }, ::remove)
            if (hasEnded) queue.close()
            if (!hasEnded) {
                listeners = listeners + listener
                inboxes = inboxes + (listener to queue)
            }
            EventInbox(queue, listener)
        }
    }

    /** Disposes the handlers of [type], or of every type; who collects or waits goes on. */
    fun off(type: String?) {
        lock.withLock { listeners.filter { it !in inboxes && (type == null || it.type == type) } }.forEach { it.dispose() }
    }

    /** Queues an event of [size] bytes, if anybody listens to its type; [decode] runs in the coroutine of the listeners. */
    fun offer(
        type: String,
        size: Int,
        decode: () -> HyphaEvent,
    ) {
        val number = lock.withLock { if (listeners.any { it.type == type }) ++arrivals else return }
        waiting.offer(Arrival(number, size, decode))
    }

    /** Queues an event that never leaves this client. */
    fun tell(
        type: String,
        data: Any?,
        more: Map<String, Any?> = emptyMap(),
    ) {
        offer(type, size = 0) { HyphaEvent.local(type, data, more) }
    }

    private fun remove(listener: EventListener) {
        lock.withLock {
            listeners = listeners - listener
            inboxes = inboxes - listener
        }
    }

    /** One event; false at the end. */
    private suspend fun goOn(): Boolean {
        try {
            dispatch(waiting.next() ?: return false)
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            // Everything else is caught inside and logged, so this is a logger that fails: there is nobody to tell.
            currentCoroutineContext().ensureActive()
        }
        return true
    }

    private suspend fun dispatch(arrival: Arrival) {
        val event =
            try {
                arrival.decode()
            } catch (
                @Suppress("TooGenericExceptionCaught") e: Throwable,
            ) {
                // Codecs of the user decode events, and theirs may be any exception or error.
                currentCoroutineContext().ensureActive()
                return logger.log(HyphaLogger.Level.Warn, "an event that cannot be read was dropped", e)
            }
        deliver(event) { it.since < arrival.number }
    }

    private suspend fun deliver(
        event: HyphaEvent,
        isMeant: (EventListener) -> Boolean,
    ) {
        for (listener in lock.withLock { listeners }) {
            if (listener.type == event.type && isMeant(listener) && listener.takes()) deliver(listener, event)
        }
    }

    private suspend fun deliver(
        listener: EventListener,
        event: HyphaEvent,
    ) {
        try {
            listener.handler(event)
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            // A time-out of the listener's own, or an error such as an overflown stack, is no reason to end the other listeners.
            currentCoroutineContext().ensureActive()
            if (e is CancellationException && e !is TimeoutCancellationException) return
            logger.log(HyphaLogger.Level.Error, "a listener of '${event.type}' failed", e)
        }
    }

    private suspend fun end() {
        withTimeoutOrNull(Farewell) { deliver(lastWords()) { true } }
        val left =
            lock.withLock {
                hasEnded = true
                inboxes.values.also {
                    listeners = emptyList()
                    inboxes = emptyMap()
                }
            }
        left.forEach { it.close() }
        waiting.close()
    }

    private class Arrival(
        val number: Long,
        val size: Int,
        val decode: () -> HyphaEvent,
    )

    private companion object {
        val Farewell = 5.seconds
    }
}
