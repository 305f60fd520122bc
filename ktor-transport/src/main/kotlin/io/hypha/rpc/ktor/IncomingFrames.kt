package io.hypha.rpc.ktor

import io.ktor.client.plugins.websocket.DefaultClientWebSocketSession
import io.ktor.websocket.Frame
import kotlinx.coroutines.Job
import kotlinx.coroutines.channels.ChannelResult

/**
 * The frames that arrive over a socket, in order. Those that wait to be taken are bounded, in number and in bytes, whatever the server sends
 * and however late they are taken.
 */
internal fun interface IncomingFrames {
    /** The next frame, or how the socket has ended. */
    suspend fun next(): ChannelResult<Frame>
}

/** For engines that read from the socket only as much as their own bounded queues hold. */
internal fun plainFramesOf(session: DefaultClientWebSocketSession) = IncomingFrames { session.incoming.receiveCatching() }

/** For an engine that waits for [room] before it goes on reading. */
internal fun framesIn(
    room: FrameRoom,
    session: DefaultClientWebSocketSession,
): IncomingFrames {
    // Else its thread would wait for ever.
    session.coroutineContext[Job]?.invokeOnCompletion { room.close() }
    return IncomingFrames { session.incoming.receiveCatching().also { if (it.isSuccess) room.leave() } }
}
