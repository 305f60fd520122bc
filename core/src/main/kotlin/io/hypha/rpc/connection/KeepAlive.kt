package io.hypha.rpc.connection

import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.transport.ControlMessage
import io.hypha.rpc.transport.Link
import kotlinx.coroutines.delay
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * Keeps one link alive: servers end a connection that is silent for long, and reconnection tokens run out (protocol §1.7).
 *
 * @param pingInterval the time between pings; `Duration.INFINITE` for none.
 * @param refreshInterval the time between refreshes of the reconnection token; `Duration.INFINITE` for none.
 */
internal class KeepAlive(
    private val link: Link,
    private val pingInterval: Duration,
    private val refreshInterval: Duration,
    private val logger: HyphaLogger,
) {
    suspend fun ping() = repeatedly(pingInterval, pingInterval, ControlMessage.Ping)

    suspend fun refresh() {
        if (link.info.reconnectionToken == null || !refreshInterval.isFinite()) return
        // A token that has run out cannot be refreshed any more, so refresh well before (protocol §1.7).
        val interval = minOf(refreshInterval, link.info.reconnectionTokenLifetime / LIFETIME_PART).coerceAtLeast(ShortestRefresh)
        repeatedly(FirstRefresh, interval, ControlMessage.RefreshToken)
    }

    private suspend fun repeatedly(
        first: Duration,
        interval: Duration,
        message: ControlMessage,
    ) {
        if (!interval.isFinite()) return
        delay(first)
        try {
            while (true) {
                link.control(message)
                delay(interval)
            }
        } catch (e: HyphaException) {
            // The reader learns of the end of the link as well, and it decides what follows.
            logger.log(HyphaLogger.Level.Debug, "$message could not be sent", e)
        }
    }

    private companion object {
        val FirstRefresh = 2.seconds

        /** Whatever life a server gives its tokens, it is not flooded with requests for fresh ones. */
        val ShortestRefresh = 1.seconds
        const val LIFETIME_PART = 1.5
    }
}
