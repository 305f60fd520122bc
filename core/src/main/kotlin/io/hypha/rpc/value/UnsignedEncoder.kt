package io.hypha.rpc.value

import io.hypha.rpc.wire.MsgPackWriter

/** Writes what serializers of unsigned types hand over as the signed type of the same size. */
internal class UnsignedEncoder(
    private val root: MsgPackEncoder,
    private val out: MsgPackWriter,
) : HyphaEncoder by root {
    override fun encodeByte(value: Byte) {
        out.writeLong(value.toUByte().toLong())
    }

    override fun encodeShort(value: Short) {
        out.writeLong(value.toUShort().toLong())
    }

    override fun encodeInt(value: Int) {
        out.writeLong(value.toUInt().toLong())
    }

    override fun encodeLong(value: Long) {
        out.writeULong(value.toULong())
    }
}
