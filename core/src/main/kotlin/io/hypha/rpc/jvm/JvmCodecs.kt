package io.hypha.rpc.jvm

import io.hypha.rpc.EncodingException
import io.hypha.rpc.value.Codec
import io.hypha.rpc.value.MemoryView
import io.hypha.rpc.value.codec
import java.io.InputStream
import java.math.BigInteger
import java.nio.ByteBuffer

/** Codecs for classes of the Java library that have an obvious counterpart on the wire. They only encode. */
public object JvmCodecs {
    /** An `InputStream` travels as a source of bytes that the other side reads from. */
    public val inputStream: Codec<InputStream> = codec("jvm:input-stream", encoder = { it.asByteSource() })

    /** A `ByteBuffer` travels as a memory view of its remaining bytes; its position stays. */
    public val byteBuffer: Codec<ByteBuffer> = codec("jvm:byte-buffer", encoder = { MemoryView(remainingBytes(it)) })

    /** A `BigInteger` travels as an integer if it has at most 64 bits, else it is refused. */
    public val bigInteger: Codec<BigInteger> = codec("jvm:big-integer", encoder = ::encodeInteger)

    /** All of them. */
    public val all: List<Codec<*>> = listOf(inputStream, byteBuffer, bigInteger)

    private fun encodeInteger(value: BigInteger): Any {
        if (value.bitLength() < Long.SIZE_BITS) return value.toLong()
        if (value.signum() > 0 && value.bitLength() == Long.SIZE_BITS) return value.toLong().toULong()
        throw EncodingException("An integer of ${value.bitLength()} bits; at most 64 can be sent, more must go as text")
    }
}
