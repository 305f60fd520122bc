package io.hypha.rpc.transport

import io.hypha.rpc.wire.ByteChain

/** Takes messages on their way out: the call room hands them to it, the connection implements it. */
internal fun interface FrameSink {
    /**
     * Sends one whole message and suspends while the connection can take no more. A message that could not be handed over for certain has
     * not left; one that was handed over is never sent again.
     *
     * @param lane what the message takes its turns with: lanes get fair turns, and within a lane messages leave in the order in which they
     *   came. A session, or one long message.
     * @throws io.hypha.rpc.ConnectionClosedException when there is no connection and none in time.
     */
    suspend fun send(
        frame: ByteChain,
        lane: String,
        urgency: Urgency,
    )
}
