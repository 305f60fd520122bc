package io.hypha.rpc.wire

import org.msgpack.core.MessagePack
import org.msgpack.core.MessagePacker
import org.msgpack.value.Value
import org.msgpack.value.ValueType
import java.math.BigInteger
import java.time.Instant

/** The same values through `msgpack-core`, an independent implementation. */
internal object MsgPackCore {
    fun encode(value: Any?): ByteArray = MessagePack.newDefaultBufferPacker().apply { pack(this, value) }.toByteArray()

    fun decode(bytes: ByteArray): Any? = MessagePack.newDefaultUnpacker(bytes).use { plain(it.unpackValue()) }

    private fun pack(
        packer: MessagePacker,
        value: Any?,
    ) {
        when (value) {
            null -> {
                packer.packNil()
            }

            is Boolean -> {
                packer.packBoolean(value)
            }

            is Long -> {
                packer.packLong(value)
            }

            is ULong -> {
                packer.packBigInteger(BigInteger(value.toString()))
            }

            is Double -> {
                packer.packDouble(value)
            }

            is String -> {
                packer.packString(value)
            }

            is Bytes -> {
                packer.packBinaryHeader(value.size).writePayload(value.toByteArray())
            }

            is WireTimestamp -> {
                packer.packTimestamp(Instant.ofEpochSecond(value.seconds, value.nanoseconds.toLong()))
            }

            is List<*> -> {
                packer.packArrayHeader(value.size)
                value.forEach { pack(packer, it) }
            }

            is Map<*, *> -> {
                packer.packMapHeader(value.size)
                value.forEach { (key, element) ->
                    pack(packer, key)
                    pack(packer, element)
                }
            }

            else -> {
                error("Not a plain value: ${value::class}")
            }
        }
    }

    private fun plain(value: Value): Any? =
        when (value.valueType!!) {
            ValueType.NIL -> null
            ValueType.BOOLEAN -> value.asBooleanValue().boolean
            ValueType.INTEGER -> value.asIntegerValue().let { if (it.isInLongRange) it.toLong() else it.toString().toULong() }
            ValueType.FLOAT -> value.asFloatValue().toDouble()
            ValueType.STRING -> value.asStringValue().asString()
            ValueType.BINARY -> Bytes(value.asBinaryValue().asByteArray())
            ValueType.ARRAY -> value.asArrayValue().map { plain(it) }
            ValueType.MAP -> value.asMapValue().entrySet().associate { (key, element) -> key.asStringValue().asString() to plain(element) }
            ValueType.EXTENSION -> value.asTimestampValue().let { WireTimestamp(it.epochSecond, it.nano) }
        }
}
