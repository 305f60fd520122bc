package io.hypha.rpc.hub.route

import io.netty.buffer.ByteBuf

/** The way to one connected client. All functions may be called from any thread, and none of them waits but [isAlive]. */
internal interface Outbox {
    /**
     * Queues one binary frame and takes its ownership. When more bytes are waiting than the limit allows, the connection is
     * closed with a reason instead; nobody who sends to a slow client is held up by it.
     */
    fun send(frame: ByteBuf)

    /** Sends an error frame, then closes with [code] and [reason] (protocol §1.5). */
    fun close(
        code: Int,
        reason: String,
    )

    /** Cuts the connection without a word, as when a newer one takes its place (protocol §1.13). */
    fun cut()

    /** Whether the client's socket answers within five seconds. */
    suspend fun isAlive(): Boolean
}
