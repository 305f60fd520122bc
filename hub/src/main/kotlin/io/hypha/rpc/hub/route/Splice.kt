package io.hypha.rpc.hub.route

import io.hypha.rpc.ProtocolException
import io.hypha.rpc.wire.Bytes
import io.netty.buffer.ByteBuf
import io.netty.buffer.Unpooled

/**
 * Puts a new routing segment before an unread payload. Routing segments are small and payloads may be large, so only the start
 * of a frame is brought to the heap, and a large payload is passed on as a slice of the frame that came in.
 */
internal object Splice {
    private const val USUAL_SEGMENT = 1024
    private const val SMALL_PAYLOAD = 8192

    /**
     * Looks through the routing segment; [frame] stays unread.
     *
     * @throws ProtocolException as [RoutingSegment.scan].
     */
    fun scan(frame: ByteBuf): RoutingSegment {
        val size = frame.readableBytes()
        if (size <= USUAL_SEGMENT) return RoutingSegment.scan(start(frame, size))
        return try {
            RoutingSegment.scan(start(frame, USUAL_SEGMENT))
        } catch (_: ProtocolException) {
            // Cut off here, or malformed: the whole frame tells.
            RoutingSegment.scan(start(frame, size))
        }
    }

    /** The frame for the receiver; the caller owns it, and keeps its ownership of [frame]. */
    fun splice(
        frame: ByteBuf,
        segment: RoutingSegment,
        toEntry: ByteArray,
        stamp: Stamp,
    ): ByteBuf {
        val payload = frame.readerIndex() + segment.end
        val size = frame.readableBytes() - segment.end
        if (size <= SMALL_PAYLOAD) {
            val whole = segment.rewritten(toEntry, stamp, size)
            frame.getBytes(payload, whole, whole.size - size, size)
            return Unpooled.wrappedBuffer(whole)
        }
        val head = Unpooled.wrappedBuffer(segment.rewritten(toEntry, stamp, 0))
        return frame.alloc().compositeBuffer(2).addComponents(true, head, frame.retainedSlice(payload, size))
    }

    private fun start(
        frame: ByteBuf,
        size: Int,
    ): Bytes {
        if (frame.hasArray()) return Bytes(frame.array(), frame.arrayOffset() + frame.readerIndex(), size)
        val copy = ByteArray(size)
        frame.getBytes(frame.readerIndex(), copy)
        return Bytes(copy)
    }
}
