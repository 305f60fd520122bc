package io.hypha.rpc.connection

import io.hypha.rpc.debug
import io.hypha.rpc.transport.ControlMessage
import io.hypha.rpc.transport.Link
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * Keeps one link alive: servers end a connection that is silent for long, and reconnection tokens run out (protocol §1.7). And finds out
 * when it is dead: the other side can vanish without a word.
 *
 * @param arrivals counts whatever arrives.
 * @param departures counts what has left although it had to wait.
 * @param onDead is told why the link is dead.
 */
internal class KeepAlive(
    private val link: Link,
    private val settings: ConnectionSettings,
    private val arrivals: () -> Long,
    private val departures: () -> Long,
    private val onDead: (String) -> Unit,
) {
    /** Pings; a server of which nothing at all arrives within the ping timeout of one is not there any more. */
    suspend fun ping() {
        if (!settings.pingInterval.isFinite()) return
        coroutineScope {
            while (true) {
                delay(settings.pingInterval)
                val before = arrivals()
                // Also a link that takes no ping any more, or refuses it, is dead when nothing arrives.
                if (settings.pingTimeout.isFinite()) launch { watch(before) }
                if (!control(ControlMessage.Ping)) break
            }
        }
    }

    /** Ends the link unless something arrives after [before] was counted. */
    private suspend fun CoroutineScope.watch(before: Long) {
        repeat(MOST_ROUNDS) {
            val departed = departures()
            val begin = settings.timeSource.markNow()
            delay(settings.pingTimeout)
            if (arrivals() != before) return
            when {
                // This program, or the whole machine, has slept: what came meanwhile is about to be read, and the answer may not even be due.
                begin.elapsedNow() >= settings.pingTimeout + Oversleep -> launch { control(ControlMessage.Ping) }

                // The ping waits behind other messages on a slow way out.
                departures() != departed -> Unit

                else -> return onDead(silence())
            }
        }
        onDead(silence())
    }

    private fun silence() = "the server sent nothing for ${settings.pingTimeout} after a ping"

    /** Asks for another token to come back with, well before the one there is runs out. */
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
        } catch (
            // Links are code of others; a ping that fails must not end the reader.
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            currentCoroutineContext().ensureActive()
            // The reader learns of the end of the link as well, and it decides what follows.
            settings.logger.debug { "$message could not be sent: ${e.message}" }
            false
        }

    private companion object {
        /** A link that gets rid of its messages, but on which nothing arrives, is given up after this many times the timeout. */
        const val MOST_ROUNDS = 3
        val Oversleep = 5.seconds
        val FirstRefresh = 2.seconds

        /** Whatever life a server gives its tokens, it is not flooded with requests for fresh ones. */
        val ShortestRefresh = 1.seconds
        const val LIFETIME_PART = 1.5
    }
}
