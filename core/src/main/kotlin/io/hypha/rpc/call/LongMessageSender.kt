package io.hypha.rpc.call

import io.hypha.rpc.transport.Departure
import io.hypha.rpc.transport.Urgency
import io.hypha.rpc.wire.ByteChain

/** Sends messages, and those that are too long for one frame as an [Upload] (protocol §6). */
internal class LongMessageSender(
    private val endpoint: RpcEndpoint,
) {
    /**
     * Sends [message] whole to [target]; returns when it has left, for a long one when the receiver has it.
     *
     * @param lane what the message takes its turns with; the pieces of a long one do so together.
     * @param loans the interface objects in it.
     * @param progress hears how much of a long message has arrived.
     * @param departure learns whether somebody may have got it, wholly.
     */
    suspend fun send(
        target: String,
        message: ByteChain,
        lane: String,
        urgency: Urgency = Urgency.Ordinary,
        loans: InterfaceLoans? = null,
        departure: Departure? = null,
        progress: ProgressListener? = null,
    ) {
        if (isLong(message)) {
            Upload(endpoint, target, message, lane, urgency, departure, progress).send(loans)
        } else {
            endpoint.sink.send(message, lane, urgency, departure)
            loans?.mayBeKept = true
        }
    }

    /** Whether [message] is longer than one frame may be. */
    fun isLong(message: ByteChain): Boolean = message.size > endpoint.options.chunkSize + HEADROOM

    private companion object {
        /** A frame may be this much longer than a piece before it is cut up (protocol §6.1). */
        const val HEADROOM = 1024
    }
}
