package io.hypha.rpc.ktor

import io.ktor.client.plugins.websocket.DefaultClientWebSocketSession
import io.ktor.websocket.ChannelOverflowException
import io.ktor.websocket.Frame
import kotlinx.coroutines.cancel
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ChannelResult
import kotlinx.coroutines.channels.consumeEach
import kotlinx.coroutines.launch

/**
 * For an `HttpClient` of the user's that keeps whatever arrives: nothing can make its server wait. The frames are taken from it at once, and the
 * socket is given up when more of them wait than [room] has room for.
 */
internal class CountedFrames(
    private val session: DefaultClientWebSocketSession,
    private val room: FrameRoom,
) : IncomingFrames {
    private val waiting = Channel<Frame>(Channel.UNLIMITED)

    init {
        session.launch { takeAll() }.invokeOnCompletion { waiting.close(it) }
    }

    override suspend fun next(): ChannelResult<Frame> = waiting.receiveCatching().also { if (it.isSuccess) room.leave() }

    private suspend fun takeAll() {
        try {
            session.incoming.consumeEach { frame ->
                if (!room.tryEnter(frame.data.size)) throw ChannelOverflowException(TOO_FAST)
                waiting.send(frame)
            }
        } catch (
            // However the socket has ended, whoever takes the frames learns of it when they have all that came before.
            @Suppress("TooGenericExceptionCaught") e: Exception,
        ) {
            waiting.close(e)
            session.cancel()
        }
    }

    companion object {
        const val TOO_FAST =
            "messages arrived faster than this client took them, and its httpClient has no bound for those that wait: give an engine in place of " +
                "the httpClient, or install WebSockets in it with channels { incoming = bounded(16) }, which OkHttp does not allow"
    }
}
