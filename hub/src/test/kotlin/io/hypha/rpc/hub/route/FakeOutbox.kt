package io.hypha.rpc.hub.route

import io.hypha.rpc.hub.segments
import io.netty.buffer.ByteBuf
import io.netty.buffer.ByteBufUtil

/** Records what a client gets. */
internal class FakeOutbox(
    var alive: Boolean = true,
) : Outbox {
    val frames = mutableListOf<ByteArray>()
    val closes = mutableListOf<Pair<Int, String>>()
    var cuts = 0

    /** The segments of all frames. */
    val messages: List<List<Map<String, Any?>>> get() = frames.map(::segments)

    override fun send(frame: ByteBuf) {
        frames += ByteBufUtil.getBytes(frame)
        frame.release()
    }

    override fun close(
        code: Int,
        reason: String,
    ) {
        closes += code to reason
    }

    override fun cut() {
        cuts++
    }

    override suspend fun isAlive(): Boolean = alive
}
