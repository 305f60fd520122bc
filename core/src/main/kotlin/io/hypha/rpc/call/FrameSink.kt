package io.hypha.rpc.call

import io.hypha.rpc.wire.ByteChain

/** Where the call room hands its messages to; the connection implements it. */
internal fun interface FrameSink {
    /**
     * Sends one whole message and suspends while the connection can take no more.
     *
     * @throws io.hypha.rpc.ConnectionClosedException when there is no connection and there will be none.
     */
    suspend fun send(frame: ByteChain)
}
