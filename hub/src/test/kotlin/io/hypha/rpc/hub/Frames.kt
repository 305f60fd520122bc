package io.hypha.rpc.hub

import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.PlainValues

/** A frame of the segments [segments]. */
internal fun frame(vararg segments: Map<String, Any?>): ByteArray {
    val writer = MsgPackWriter()
    for (segment in segments) PlainValues.write(writer, segment)
    return writer.finish().toByteArray()
}

/** The segments of a frame. */
@Suppress("UNCHECKED_CAST")
internal fun segments(frame: ByteArray): List<Map<String, Any?>> {
    val reader = MsgPackReader(Bytes(frame))
    return buildList { while (reader.remaining > 0) add(PlainValues.read(reader) as Map<String, Any?>) }
}
