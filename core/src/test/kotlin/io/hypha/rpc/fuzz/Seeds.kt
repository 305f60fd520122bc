package io.hypha.rpc.fuzz

import io.hypha.rpc.testing.frame
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.PlainValues
import io.hypha.rpc.wire.RecordedFrame
import io.hypha.rpc.wire.reader

/** What fuzz tests begin with: the frames that real clients and the real server exchanged. */
internal object Seeds {
    /** Longer ones slow the search down and hold nothing that shorter ones do not. */
    private const val LONGEST = 1024
    private const val STEP = 8
    private const val FRAMES_OF_A_SCRIPT = 12

    /** The frames, one of about each length: scenarios repeat themselves. */
    @JvmStatic
    fun frames(): List<ByteArray> = distinct(RecordedFrame.all.map { it.bytes })

    /** The arguments in the payloads of these frames, as values by themselves. */
    @JvmStatic
    fun values(): List<ByteArray> = distinct(RecordedFrame.all.flatMap { arguments(it.bytes) })

    /** Scripts for a client: a few of these frames, as if they were for that client, and some of each kind of step. */
    @JvmStatic
    fun scripts(): List<ByteArray> {
        val received = frames().map(::readdressed)
        val kinds = (0..7).map { kind -> ByteArray(24) { if (it % 8 == 0) kind.toByte() else it.toByte() } }
        return received.chunked(FRAMES_OF_A_SCRIPT).map(MessageScript::of) + kinds
    }

    /** [recorded] with the addresses of a client called `ws/alice` and a peer of it. */
    private fun readdressed(recorded: ByteArray): ByteArray {
        val reader = reader(recorded)
        val main = PlainValues.read(reader) as Map<*, *>
        val addresses = mapOf("from" to "ws/peer", "to" to "ws/alice", "ws" to "ws")
        val payload = recorded.copyOfRange(reader.position, recorded.size)
        return frame(main.entries.associate { it.key as String to it.value } + addresses, payload)
    }

    private fun distinct(all: List<ByteArray>) = all.filter { it.size in 1..LONGEST }.distinctBy { it.size / STEP }.sortedBy { it.size }

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
