package io.hypha.rpc.call

import kotlin.time.Duration

/**
 * What a connection keeps alive at this moment. When nothing is going on, all of it is zero but [generation], [pacedTime] and what was lent;
 * other numbers that only ever grow show what is not given back. Cheap enough to be asked for every second.
 *
 * @property sessions sessions: running calls of this client, and results of it that hold live functions or open streams.
 * @property incomingCalls calls of others that are running here, or wait to.
 * @property longMessages long messages that are arriving and not yet complete.
 * @property outgoingCalls calls of this client that wait for their reply; each is a session as well.
 * @property resultSessions sessions of functions and streams that this client has returned, or passed to functions that never reply.
 * @property streams streams of this client, of items or of bytes, that somebody else may still read.
 * @property interfaceObjects interface objects that this client has lent, once for each client that has one.
 * @property longMessageBytes how many bytes of the long messages that are arriving are there.
 * @property generation how many times the connection has been made: 1, and one more for every reconnection.
 * @property queuedMessages messages of this client that wait to be sent: for a connection, for the server's limits, or for those before them.
 * @property pacedTime for how long, since the client was made, messages of it have waited because of the server's limits.
 */
public class SessionStatistics internal constructor(
    public val sessions: Int,
    public val incomingCalls: Int,
    public val longMessages: Int,
    public val outgoingCalls: Int,
    public val resultSessions: Int,
    public val streams: Int,
    public val interfaceObjects: Int,
    public val longMessageBytes: Long,
    public val generation: Int,
    public val queuedMessages: Int,
    public val pacedTime: Duration,
) {
    /** [pacedTime] in milliseconds, for programs in Java. */
    public val pacedMillis: Long get() = pacedTime.inWholeMilliseconds

    override fun toString(): String =
        "sessions=$sessions, incomingCalls=$incomingCalls, longMessages=$longMessages" +
            shown("outgoingCalls", outgoingCalls) +
            shown("resultSessions", resultSessions) +
            shown("streams", streams) +
            shown("interfaceObjects", interfaceObjects) +
            shown("longMessageBytes", longMessageBytes) +
            shown("queuedMessages", queuedMessages) +
            (if (queuedMessages > 0) shown("pacedMillis", pacedMillis) else "") +
            if (generation > 1) shown("generation", generation) else ""

    private fun shown(
        name: String,
        value: Number,
    ) = if (value.toLong() == 0L) "" else ", $name=$value"
}
