package io.hypha.rpc.transport

import io.hypha.rpc.wire.ByteChain

/** Takes messages on their way out: the call room hands them to it, the connection implements it. */
internal interface FrameSink {
    /**
     * Sends one whole message and suspends while the connection can take no more. A message that could not be handed over for certain has
     * not left; one that was handed over is never sent again. A sender who is cancelled before its message is handed over takes it along; so does one
     * whose [departure] is called off, and then this just returns.
     *
     * @param lane what the message takes its turns with: lanes get fair turns, and within a lane messages leave in the order in which they
     *   came. A session, or one long message.
     * @param departure learns whether the message may have left, however this ends, and can call it off.
     * @throws io.hypha.rpc.ConnectionClosedException when there is no connection and none in time.
     */
    suspend fun send(
        frame: ByteChain,
        lane: String,
        urgency: Urgency,
        departure: Departure? = null,
    )
}

/** What becomes of a message that is sent. */
internal interface Departure {
    /** Whether somebody may have got it. Set before the message is handed over, and taken back when it was not taken for certain. */
    var mayHaveLeft: Boolean

    /** It waits from now on. [callOff] ends that when there is no reason any more to send it; it comes too late for one that leaves. */
    fun onWaiting(callOff: () -> Unit)
}
