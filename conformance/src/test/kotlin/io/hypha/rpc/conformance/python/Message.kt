package io.hypha.rpc.conformance.python

import io.hypha.rpc.wire.ByteChain
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.PlainValues

/** A message of the conversation that runs now, in the clear. */
internal class Message(
    val main: Map<String, Any?>,
    val payload: Map<String, Any?>,
) {
    val method: String get() = main["method"] as String
    val session: String get() = main["session"] as String
    val args: List<Any?> get() = (payload["args"] as? List<*>).orEmpty()

    override fun toString(): String = "$main $payload"

    companion object {
        fun of(bytes: Bytes): Message {
            val reader = MsgPackReader(bytes)
            return Message(segment(reader), if (reader.remaining > 0) segment(reader) else emptyMap())
        }

        /** [segments] one behind the other, as a frame holds them. */
        fun encode(segments: List<Map<String, Any?>>): ByteChain {
            val out = MsgPackWriter()
            segments.forEach { PlainValues.write(out, it) }
            return out.finish()
        }

        private fun segment(reader: MsgPackReader): Map<String, Any?> =
            (PlainValues.read(reader) as Map<*, *>).entries.associate { (key, value) -> key as String to value }
    }
}
