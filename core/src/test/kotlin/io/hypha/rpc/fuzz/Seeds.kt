package io.hypha.rpc.fuzz

import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.RecordedFrame
import io.hypha.rpc.wire.reader

/** What fuzz tests begin with: the frames that real clients and the real server exchanged. */
internal object Seeds {
    /** Longer ones slow the search down and hold nothing that shorter ones do not. */
    private const val LONGEST = 2048

    /** The frames, one of each length: scenarios repeat themselves. */
    @JvmStatic
    fun frames(): List<ByteArray> = distinct(RecordedFrame.all.map { it.bytes })

    /** The arguments in the payloads of these frames, as values by themselves. */
    @JvmStatic
    fun values(): List<ByteArray> = distinct(RecordedFrame.all.flatMap { arguments(it.bytes) })

    private fun distinct(all: List<ByteArray>) = all.filter { it.size in 1..LONGEST }.distinctBy { it.size }.sortedBy { it.size }

    private fun arguments(frame: ByteArray): List<ByteArray> {
        val reader = reader(frame)
        reader.skip()
        if (reader.remaining == 0) return emptyList()
        return buildList {
            repeat(reader.readMapHeader()) { if (reader.readKey() == "args") addAll(elements(reader)) else reader.skip() }
        }
    }

    private fun elements(reader: MsgPackReader) = List(reader.readArrayHeader()) { reader.skipSlice().toByteArray() }
}
