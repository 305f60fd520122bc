package io.hypha.rpc.client

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.connection.ConnectionState
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration

/** The events of [type] for each collector, with or without a subscription at the server for as long as it collects. */
internal fun eventFlow(
    client: Client,
    type: String,
    subscribed: Boolean,
): Flow<HyphaEvent> =
    flow {
        client.receiving(type, subscribed) { inbox ->
            while (true) emit(inbox.next() ?: break)
        }
    }

/** Calls [handler] for broadcasts of [type]; returns when the server delivers them. */
internal suspend fun eventSubscription(
    client: Client,
    type: String,
    handler: suspend (HyphaEvent) -> Unit,
): EventListener {
    val subscriptions = client.manager.subscriptions
    subscriptions.acquire(type)
    return client.events.on(type, isOnce = false, onDispose = { subscriptions.release(type) }, handler)
}

/** The first event of [type] that [predicate] accepts. */
internal suspend fun awaitEvent(
    client: Client,
    type: String,
    timeout: Duration,
    subscribed: Boolean,
    predicate: suspend (HyphaEvent) -> Boolean,
): HyphaEvent {
    require(timeout.isPositive()) { "a timeout must be longer than nothing, not $timeout" }
    return withTimeoutOrNull(timeout) {
        client.receiving(type, subscribed) { inbox ->
            var event = inbox.next()
            while (event != null && !predicate(event)) event = inbox.next()
            event ?: throw client.closed(type)
        }
    } ?: throw CallTimeoutException("No event '$type' that was waited for came within $timeout")
}

/** Listens before anything suspends, and stops whatever happens. */
private suspend inline fun <R> Client.receiving(
    type: String,
    subscribed: Boolean,
    action: (EventInbox) -> R,
): R {
    val inbox = events.inbox(type)
    try {
        if (!subscribed) return action(inbox)
        manager.subscriptions.acquire(type)
        try {
            return action(inbox)
        } finally {
            manager.subscriptions.release(type)
        }
    } finally {
        inbox.dispose()
    }
}

private fun Client.closed(type: String): ConnectionClosedException {
    val cause = (connection.state.value as? ConnectionState.Closed)?.cause
    return ConnectionClosedException(
        "The connection ended while an event '$type' was waited for: ${cause?.message ?: "it was closed"}",
        cause,
    )
}
