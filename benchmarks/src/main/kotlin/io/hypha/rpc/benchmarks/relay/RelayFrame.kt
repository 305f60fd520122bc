package io.hypha.rpc.benchmarks.relay

import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.RoutingHeader
import java.nio.ByteBuffer

/** Frames that the hub passes on and that mean nothing: an address, padding, and in the last four bytes the size of the answer. */
internal object RelayFrame {
    private const val TAIL = Int.SIZE_BYTES

    /** A frame of [size] bytes to [address]; the receiver shall answer with [answer] bytes, or not at all when it is 0. */
    fun of(
        address: String,
        size: Int,
        answer: Int,
    ): ByteBuffer {
        val writer = MsgPackWriter()
        RoutingHeader(type = "relay", to = address).write(writer)
        val head = writer.finish().toByteArray()
        val frame = ByteBuffer.allocate(maxOf(size, head.size + TAIL))
        frame.put(head)
        frame.putInt(frame.capacity() - TAIL, answer)
        frame.rewind()
        return frame
    }

    /** Who sent [frame]. */
    fun sender(frame: ByteArray): String =
        checkNotNull(RoutingHeader.read(MsgPackReader(Bytes(frame))).from) { "the hub did not name the sender" }
}
