package io.hypha.rpc.connection

import io.hypha.rpc.HyphaException
import io.hypha.rpc.debug
import io.hypha.rpc.transport.ControlMessage
import io.hypha.rpc.transport.Link
import kotlinx.coroutines.delay
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * Keeps one link alive: servers end a connection that is silent for long, and reconnection tokens run out (protocol §1.7). And finds out
 * when it is dead: the other side can vanish without a word.
 *
 * @param arrivals counts whatever arrives.
 * @param onDead is told why the link is dead.
 */
internal class KeepAlive(
    private val link: Link,
    private val settings: ConnectionSettings,
    private val arrivals: () -> Long,
    private val onDead: (String) -> Unit,
) {
    /** Pings; a server of which nothing at all arrives within the ping timeout of one is not there any more. */
    suspend fun ping() {
        if (!settings.pingInterval.isFinite()) return
        val timeout = settings.pingTimeout
        delay(settings.pingInterval)
        while (true) {
            if (!timeout.isFinite()) {
                if (!control(ControlMessage.Ping)) return
                delay(settings.pingInterval)
                continue
            }
            val before = arrivals()
            // Also a link that takes no ping any more is dead.
            withTimeoutOrNull(timeout) {
                if (control(ControlMessage.Ping)) delay(Duration.INFINITE)
            }
            if (arrivals() == before) return onDead("the server sent nothing for $timeout after a ping")
            delay((settings.pingInterval - timeout).coerceAtLeast(Duration.ZERO))
        }
    }

    suspend fun refresh() {
        if (link.info.reconnectionToken == null || !settings.refreshInterval.isFinite()) return
        // A token that has run out cannot be refreshed any more, so refresh well before (protocol §1.7).
        val interval = minOf(settings.refreshInterval, link.info.reconnectionTokenLifetime / LIFETIME_PART).coerceAtLeast(ShortestRefresh)
        delay(FirstRefresh)
        while (control(ControlMessage.RefreshToken)) delay(interval)
    }

    /** False when the link has ended. */
    private suspend fun control(message: ControlMessage): Boolean =
        try {
            link.control(message)
            true
        } catch (e: HyphaException) {
            // The reader learns of the end of the link as well, and it decides what follows.
            settings.logger.debug { "$message could not be sent: ${e.message}" }
            false
        }

    private companion object {
        val FirstRefresh = 2.seconds

        /** Whatever life a server gives its tokens, it is not flooded with requests for fresh ones. */
        val ShortestRefresh = 1.seconds
        const val LIFETIME_PART = 1.5
    }
}
