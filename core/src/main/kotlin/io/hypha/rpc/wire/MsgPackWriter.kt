package io.hypha.rpc.wire

import io.hypha.rpc.EncodingException
import io.hypha.rpc.InternalHyphaApi

/**
 * Writes msgpack in the dialect of protocol §2.7: integers in their shortest form, every float as float64, text as strict UTF-8.
 *
 * Small values go into one growing buffer; byte runs of 8 KiB and more become parts of their own and are not copied, so their
 * arrays must not change until the message has been sent. The caller is answerable for the structure: as many values after a
 * header as it announced. Not safe for use by several threads at once.
 *
 * @param initialCapacity how many bytes of small values are expected.
 */
@InternalHyphaApi
public class MsgPackWriter(
    initialCapacity: Int = 256,
) {
    private val out = GatherBuffer(initialCapacity)

    /** Bytes written since the last [finish], over all parts. */
    public val size: Int get() = out.size

    /** Writes nil. */
    public fun writeNil() {
        out.put8(WireCodes.NIL)
    }

    /** Writes true or false. */
    public fun writeBoolean(value: Boolean) {
        out.put8(if (value) WireCodes.TRUE else WireCodes.FALSE)
    }

    /** Writes an integer in its shortest form. */
    public fun writeLong(value: Long) {
        when {
            value >= 0 -> writePositive(value)
            value >= -0x20 -> out.put8(value.toInt())
            value >= Byte.MIN_VALUE -> out.head8(WireCodes.INT8, value.toInt())
            value >= Short.MIN_VALUE -> out.head16(WireCodes.INT16, value.toInt())
            value >= Int.MIN_VALUE -> out.head32(WireCodes.INT32, value.toInt())
            else -> out.head64(WireCodes.INT64, value)
        }
    }

    /** Writes an unsigned integer in its shortest form. */
    public fun writeULong(value: ULong) {
        val bits = value.toLong()
        if (bits < 0) out.head64(WireCodes.UINT64, bits) else writePositive(bits)
    }

    private fun writePositive(value: Long) {
        when {
            value < 0x80 -> out.put8(value.toInt())
            value <= 0xff -> out.head8(WireCodes.UINT8, value.toInt())
            value <= 0xffff -> out.head16(WireCodes.UINT16, value.toInt())
            value <= 0xffffffffL -> out.head32(WireCodes.UINT32, value.toInt())
            else -> out.head64(WireCodes.UINT64, value)
        }
    }

    /** Writes a float64; NaN keeps its bits. */
    public fun writeDouble(value: Double) {
        out.head64(WireCodes.FLOAT64, value.toRawBits())
    }

    /**
     * Writes text.
     *
     * @throws EncodingException when it has an unpaired surrogate, which no UTF-8 can express.
     */
    public fun writeString(text: String) {
        out.writeText(text)
    }

    /** Writes bytes; from 8 KiB on the slice itself becomes a part of the message. */
    public fun writeBinary(bytes: Bytes) {
        binaryHead(bytes.size)
        out.append(bytes)
    }

    /** Writes bytes; from 8 KiB on the array itself becomes a part of the message. */
    public fun writeBinary(bytes: ByteArray) {
        writeBinary(Bytes(bytes))
    }

    /** Writes bytes that are already in parts, without joining them. */
    public fun writeBinary(bytes: ByteChain) {
        binaryHead(bytes.size)
        for (part in bytes.parts) out.append(part)
    }

    /** Writes [size] bytes that [fill] puts into `target` from `offset` on; it must set all of them and write nothing else. */
    public fun writeBinary(
        size: Int,
        fill: (target: ByteArray, offset: Int) -> Unit,
    ) {
        require(size >= 0) { "A negative size: $size" }
        binaryHead(size)
        out.append(size, fill)
    }

    /** Announces a list: [size] values follow. */
    public fun writeArrayHeader(size: Int) {
        require(size >= 0) { "A negative size: $size" }
        when {
            size < 0x10 -> out.put8(WireCodes.FIXARRAY or size)
            size <= 0xffff -> out.head16(WireCodes.ARRAY16, size)
            else -> out.head32(WireCodes.ARRAY32, size)
        }
    }

    /** Announces a map: [size] times a text key and a value follow. */
    public fun writeMapHeader(size: Int) {
        require(size >= 0) { "A negative size: $size" }
        when {
            size < 0x10 -> out.put8(WireCodes.FIXMAP or size)
            size <= 0xffff -> out.head16(WireCodes.MAP16, size)
            else -> out.head32(WireCodes.MAP32, size)
        }
    }

    /**
     * Corrects the header of a map of which fewer entries followed than it announced.
     *
     * @param at [size] as it was before the header was written.
     * @param announced the size given to [writeMapHeader].
     * @param actual how many entries did follow.
     */
    public fun shrinkMapHeader(
        at: Int,
        announced: Int,
        actual: Int,
    ) {
        require(actual in 0..announced) { "$actual entries of $announced announced" }
        val width = if (announced <= 0xffff) 2 else 4
        if (announced < 0x10) {
            out.replace8(at, WireCodes.FIXMAP or actual)
        } else {
            for (i in 0 until width) out.replace8(at + width - i, actual ushr (Byte.SIZE_BITS * i))
        }
    }

    /** Writes extension −1 in its shortest form. Peers send it, we do not by ourselves: Python cannot send it on. */
    public fun writeTimestamp(timestamp: WireTimestamp) {
        val seconds = timestamp.seconds
        val nanoseconds = timestamp.nanoseconds
        when {
            seconds ushr 32 == 0L && nanoseconds == 0 -> {
                out.head8(WireCodes.FIXEXT4, WireCodes.TIMESTAMP.toInt())
                out.put32(seconds.toInt())
            }

            seconds ushr 34 == 0L -> {
                out.head8(WireCodes.FIXEXT8, WireCodes.TIMESTAMP.toInt())
                out.put64((nanoseconds.toLong() shl 34) or seconds)
            }

            else -> {
                out.head8(WireCodes.EXT8, 12)
                out.put8(WireCodes.TIMESTAMP.toInt())
                out.put32(nanoseconds)
                out.put64(seconds)
            }
        }
    }

    /** Writes already encoded values; from 8 KiB on the slice itself becomes a part of the message. */
    public fun writeRaw(encoded: Bytes) {
        out.append(encoded)
    }

    /** Writes already encoded values, part by part as [writeRaw] of bytes does. */
    public fun writeRaw(encoded: ByteChain) {
        for (part in encoded.parts) out.append(part)
    }

    /** All that was written. The writer is empty afterwards and can go on with another message. */
    public fun finish(): ByteChain = out.finish()

    private fun binaryHead(size: Int) {
        when {
            size <= 0xff -> out.head8(WireCodes.BIN8, size)
            size <= 0xffff -> out.head16(WireCodes.BIN16, size)
            else -> out.head32(WireCodes.BIN32, size)
        }
    }
}
