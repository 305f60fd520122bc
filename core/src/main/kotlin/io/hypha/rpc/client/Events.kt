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
 * the connection: what cannot wait any more is dropped (see [EventQueue]). Nor does it hold up an [EventInbox], so that a handler can wait
 * for another event.
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
    private var inboxes = emptyList<EventInbox>()
    private var arrivals = 0L
    private var hasEnded = false
    private val arrived = EventQueue<Arrival>(logger, "events that arrive", { it.sender }) { it.size }
    private val turns = EventQueue<Turn>(logger, "events for slow listeners", { it.event.context?.from }) { it.event.size }

    init {
        scope.launch(start = CoroutineStart.UNDISPATCHED) {
            try {
                repeatedly { read(arrived.next() ?: return@launch) }
            } finally {
                endInboxes()
            }
        }
        scope.launch(start = CoroutineStart.UNDISPATCHED) {
            try {
                repeatedly { turns.next()?.let { turn -> deliver(turn.event) { it.since < turn.number } } ?: return@launch }
            } finally {
                withContext(NonCancellable) { endListeners() }
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
    fun inbox(type: String): EventInbox =
        lock.withLock {
            val inbox = EventInbox(type, arrivals, logger) { lock.withLock { inboxes = inboxes - it } }
            if (hasEnded) inbox.close() else inboxes = inboxes + inbox
            inbox
        }

    /** Disposes the handlers of [type], or of every type; who collects or waits goes on. */
    fun off(type: String?) {
        lock.withLock { listeners.filter { type == null || it.type == type } }.forEach { it.dispose() }
    }

    /**
     * Queues an event of [size] bytes, if anybody listens to its type; [decode] runs in a coroutine of the connection.
     *
     * @param sender the client that has sent it; null for the server and this client itself.
     */
    fun offer(
        type: String,
        size: Int,
        sender: String? = null,
        decode: () -> HyphaEvent,
    ) {
        val number =
            lock.withLock { if (listeners.any { it.type == type } || inboxes.any { it.type == type }) ++arrivals else return }
        arrived.offer(Arrival(number, size, sender, decode))
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
        lock.withLock { listeners = listeners - listener }
    }

    private suspend inline fun repeatedly(step: () -> Unit) {
        while (true) {
            try {
                step()
            } catch (
                @Suppress("TooGenericExceptionCaught") _: Throwable,
            ) {
                currentCoroutineContext().ensureActive()
                // Everything else is caught inside and logged, so this is a logger that fails: there is nobody to tell.
            }
        }
    }

    /** Decodes an event and hands it to those who never keep it waiting; the others take turns. */
    private suspend fun read(arrival: Arrival) {
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
        for (inbox in lock.withLock { inboxes }) if (inbox.type == event.type && inbox.since < arrival.number) inbox.offer(event)
        if (lock.withLock { listeners }.any { it.type == event.type }) turns.offer(Turn(arrival.number, event))
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

    private fun endInboxes() {
        arrived.close()
        val left =
            lock.withLock {
                hasEnded = true
                inboxes.also { inboxes = emptyList() }
            }
        val farewell = lastWords()
        for (inbox in left) {
            if (inbox.type == farewell.type) inbox.offer(farewell)
            inbox.close()
        }
    }

    private suspend fun endListeners() {
        turns.close()
        withTimeoutOrNull(Farewell) { deliver(lastWords()) { true } }
        lock.withLock {
            hasEnded = true
            listeners = emptyList()
        }
    }

    private class Arrival(
        val number: Long,
        val size: Int,
        val sender: String?,
        val decode: () -> HyphaEvent,
    )

    private class Turn(
        val number: Long,
        val event: HyphaEvent,
    )

    private companion object {
        val Farewell = 5.seconds
    }
}
