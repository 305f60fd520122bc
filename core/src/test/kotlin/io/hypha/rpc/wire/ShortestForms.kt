package io.hypha.rpc.wire

import org.msgpack.core.MessageFormat
import org.msgpack.core.MessagePack
import org.msgpack.core.MessageUnpacker

/**
 * Whether every head in [bytes] is the shortest that msgpack has for its value, no float is a float32 and nothing is an extension:
 * then any correct encoder of this dialect yields the same bytes. Judged by `msgpack-core`, not by our reader.
 */
internal fun usesShortestForms(bytes: ByteArray): Boolean {
    val unpacker = MessagePack.newDefaultUnpacker(bytes)
    while (unpacker.hasNext()) if (!isShortest(unpacker)) return false
    return true
}

private fun isShortest(unpacker: MessageUnpacker): Boolean =
    when (val format = unpacker.nextFormat) {
        MessageFormat.UINT8 -> unpacker.unpackInt() > 0x7f
        MessageFormat.UINT16 -> unpacker.unpackInt() > 0xff
        MessageFormat.UINT32 -> unpacker.unpackLong() > 0xffff
        MessageFormat.UINT64 -> unpacker.unpackBigInteger().bitLength() > 32
        MessageFormat.INT8 -> unpacker.unpackInt() < -0x20
        MessageFormat.INT16 -> unpacker.unpackInt() < Byte.MIN_VALUE
        MessageFormat.INT32 -> unpacker.unpackInt() < Short.MIN_VALUE
        MessageFormat.INT64 -> unpacker.unpackLong() < Int.MIN_VALUE
        MessageFormat.STR8 -> text(unpacker) > 0x1f
        MessageFormat.STR16 -> text(unpacker) > 0xff
        MessageFormat.STR32 -> text(unpacker) > 0xffff
        MessageFormat.BIN16 -> binary(unpacker) > 0xff
        MessageFormat.BIN32 -> binary(unpacker) > 0xffff
        MessageFormat.FIXARRAY -> unpacker.unpackArrayHeader() >= 0
        MessageFormat.ARRAY16 -> unpacker.unpackArrayHeader() > 0x0f
        MessageFormat.ARRAY32 -> unpacker.unpackArrayHeader() > 0xffff
        MessageFormat.FIXMAP -> unpacker.unpackMapHeader() >= 0
        MessageFormat.MAP16 -> unpacker.unpackMapHeader() > 0x0f
        MessageFormat.MAP32 -> unpacker.unpackMapHeader() > 0xffff
        MessageFormat.FLOAT32 -> false
        else -> !format.isExtension && unpacker.skipValue().let { true }
    }

private val MessageFormat.isExtension: Boolean get() = name.contains("EXT")

private fun text(unpacker: MessageUnpacker): Int = unpacker.unpackRawStringHeader().also { unpacker.readPayload(it) }

private fun binary(unpacker: MessageUnpacker): Int = unpacker.unpackBinaryHeader().also { unpacker.readPayload(it) }
