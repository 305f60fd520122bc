package io.hypha.rpc.ktor

import io.hypha.rpc.transport.LinkEvent
import io.ktor.client.plugins.websocket.DefaultClientWebSocketSession
import io.ktor.websocket.ChannelOverflowException
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.withTimeoutOrNull
import java.io.IOException
import kotlin.time.Duration.Companion.seconds

private const val ABRUPT = 1006
private val ReasonTimeout = 1.seconds

/** How the socket ended: the close frame's code and reason, or an abrupt end with what the engine knows of it. */
internal suspend fun closedEvent(
    session: DefaultClientWebSocketSession,
    cause: Throwable? = null,
): LinkEvent.Closed {
    if (cause is ChannelOverflowException) return LinkEvent.Closed(ABRUPT, CountedFrames.TOO_FAST)
    val reason =
        try {
            withTimeoutOrNull(ReasonTimeout) { session.closeReason.await() }
        } catch (_: IOException) {
            // OkHttp reports an abrupt end by failing the close reason.
            null
        } catch (_: CancellationException) {
            // A socket that was cut has no reason; a cancellation of this coroutine itself goes on.
            currentCoroutineContext().ensureActive()
            null
        }
    return if (reason == null) {
        LinkEvent.Closed(ABRUPT, cause?.message ?: "the connection was cut")
    } else {
        LinkEvent.Closed(reason.code.toInt(), reason.message)
    }
}
