package io.hypha.rpc.call

import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.PlainValues
import io.hypha.rpc.wire.WireLimits
import io.hypha.rpc.wire.WireType

/**
 * The payload of a call with everything found and nothing of the user's decoded (protocol §3.2). Only the keys that the trust rule
 * of protocol §2.6 allows are looked at; a payload can therefore never change who the message is from.
 *
 * @property args the encoded argument array, or null when the call has none.
 * @property withKeywords whether the last argument is the map of keyword arguments.
 * @property repliesToSender `promise` is the short form: reply to the session that the routing header names.
 * @property promise the explicit reply instructions, encoded, or null.
 * @property heartbeatSeconds `t`: how often the caller wants a heartbeat.
 * @property cancels the message takes a running call back instead of making one.
 */
internal class CallEnvelope private constructor(
    val args: Bytes?,
    val withKeywords: Boolean,
    val repliesToSender: Boolean,
    val promise: Bytes?,
    val heartbeatSeconds: Double?,
    val cancels: Boolean,
) {
    val expectsReply: Boolean get() = repliesToSender || promise != null

    private class Builder {
        private var args: Bytes? = null
        private var withKeywords = false
        private var repliesToSender = false
        private var promise: Bytes? = null
        private var heartbeatSeconds: Double? = null
        private var cancels = false

        fun read(
            key: String,
            reader: MsgPackReader,
        ) {
            when (key) {
                "args" -> args = if (reader.peek() == WireType.Array) reader.skipSlice() else skip(reader)
                "with_kwargs" -> withKeywords = PlainValues.read(reader) == true
                "promise" -> readPromise(reader)
                "t" -> heartbeatSeconds = (PlainValues.read(reader) as? Number)?.toDouble()
                Capabilities.KEY -> cancels = (PlainValues.read(reader) as? Map<*, *>)?.get(Capabilities.CANCEL) == true
                else -> reader.skip()
            }
        }

        private fun readPromise(reader: MsgPackReader) {
            when (reader.peek()) {
                WireType.String -> repliesToSender = reader.readString() == "*"
                WireType.Map -> promise = reader.skipSlice()
                else -> reader.skip()
            }
        }

        private fun skip(reader: MsgPackReader): Bytes? {
            reader.skip()
            return null
        }

        fun build() = CallEnvelope(args, withKeywords, repliesToSender, promise, heartbeatSeconds, cancels)
    }

    companion object {
        val Empty: CallEnvelope = Builder().build()

        /**
         * Opens a payload; no other place does.
         *
         * @throws io.hypha.rpc.ProtocolException when it is no valid payload.
         */
        fun open(
            payload: Bytes,
            limits: WireLimits,
        ): CallEnvelope {
            if (payload.size == 0) return Empty
            val reader = MsgPackReader(payload, limits)
            val builder = Builder()
            repeat(reader.readMapHeader()) { builder.read(reader.readKey(), reader) }
            return builder.build()
        }
    }
}
