package io.hypha.rpc.connection

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.selects.select
import kotlin.concurrent.Volatile

/**
 * A link from its handshake to its end: reads it, keeps it alive, and ends it when it is dead or somebody says so.
 *
 * @param onRead is told when [link] has learnt that its server has read something.
 */
internal class LiveLink(
    opened: Link,
    private val settings: ConnectionSettings,
    private val onMessage: (Bytes) -> Unit,
    private val onToken: (String) -> Unit,
    private val onRead: () -> Unit,
) {
    private val measured = MeasuredLink(opened, settings.timeSource)

    /** What messages go out over. */
    val link: MeasuredLink get() = measured
    private val verdict = CompletableDeferred<LinkEvent.Closed>()

    /** How much has arrived: whatever arrives proves that the link lives. Changed by the reader only. */
    @Volatile
    private var arrivals = 0L

    /** Ends it, whether or not the other side is still there to hear of it. */
    fun end(reason: String) {
        verdict.complete(LinkEvent.Closed(ABRUPT, reason))
    }

    /**
     * Suspends until the link has ended, and says how. Nothing of it runs then any more.
     *
     * @param meanwhile what else runs as long as the link lives.
     */
    suspend fun live(meanwhile: suspend CoroutineScope.() -> Unit): LinkEvent.Closed =
        try {
            coroutineScope {
                val beats =
                    launch {
                        val keepAlive = KeepAlive(link, settings, { arrivals }, measured::departures, ::end)
                        launch { keepAlive.ping() }
                        launch { keepAlive.refresh() }
                        meanwhile()
                    }
                val reader = async { read() }
                // A link that is dead may never say so to its reader.
                val end =
                    select {
                        reader.onAwait { it }
                        verdict.onAwait { it }
                    }
                beats.cancelAndJoin()
                reader.cancelAndJoin()
                end
            }
        } finally {
            link.close("the client has ended the link")
        }

    private suspend fun read(): LinkEvent.Closed {
        while (true) {
            val event = next()
            arrivals++
            when (event) {
                is LinkEvent.Message -> deliver(event.bytes)
                is LinkEvent.Pong -> answered()
                is LinkEvent.ReconnectionToken -> onToken(event.token)
                is LinkEvent.Closed -> return event
            }
        }
    }

    private fun answered() {
        measured.answered()
        onRead()
    }

    /** A link that fails in a way of its own has ended: what waits for replies over it must hear of it. */
    private suspend fun next(): LinkEvent =
        try {
            link.receive()
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            currentCoroutineContext().ensureActive()
            settings.logger.log(HyphaLogger.Level.Warn, "the link failed", e)
            LinkEvent.Closed(ABRUPT, "the link failed: ${e::class.simpleName}")
        }

    /** One message costs itself at most: a fault of this library, or of a logger, must not leave a link that nobody reads. */
    private fun deliver(message: Bytes) {
        try {
            onMessage(message)
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            settings.logger.log(HyphaLogger.Level.Error, "a message was dropped because taking it failed", e)
        }
    }

    private companion object {
        /** The code of WebSocket for an end without a close frame. */
        const val ABRUPT = 1006
    }
}
