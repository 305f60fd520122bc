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
    private var buffer = ByteArray(initialCapacity)

    // What lies between start and position in the buffer is not yet part of the chain.
    private var start = 0
    private var position = 0
    private var parts = ArrayList<Bytes>(1)
    private var partsSize = 0

    /** Bytes written since the last [finish], over all parts. */
    public val size: Int get() = partsSize + (position - start)

    /** Writes nil. */
    public fun writeNil() {
        lead(WireCodes.NIL)
    }

    /** Writes true or false. */
    public fun writeBoolean(value: Boolean) {
        lead(if (value) WireCodes.TRUE else WireCodes.FALSE)
    }

    /** Writes an integer in its shortest form. */
    public fun writeLong(value: Long) {
        when {
            value >= 0 -> writePositive(value)
            value >= -0x20 -> lead(value.toInt())
            value >= Byte.MIN_VALUE -> head8(WireCodes.INT8, value.toInt())
            value >= Short.MIN_VALUE -> head16(WireCodes.INT16, value.toInt())
            value >= Int.MIN_VALUE -> head32(WireCodes.INT32, value.toInt())
            else -> head64(WireCodes.INT64, value)
        }
    }

    /** Writes an unsigned integer in its shortest form. */
    public fun writeULong(value: ULong) {
        val bits = value.toLong()
        if (bits < 0) head64(WireCodes.UINT64, bits) else writePositive(bits)
    }

    private fun writePositive(value: Long) {
        when {
            value < 0x80 -> lead(value.toInt())
            value <= 0xff -> head8(WireCodes.UINT8, value.toInt())
            value <= 0xffff -> head16(WireCodes.UINT16, value.toInt())
            value <= 0xffffffffL -> head32(WireCodes.UINT32, value.toInt())
            else -> head64(WireCodes.UINT64, value)
        }
    }

    /** Writes a float64; NaN keeps its bits. */
    public fun writeDouble(value: Double) {
        head64(WireCodes.FLOAT64, value.toRawBits())
    }

    /**
     * Writes text.
     *
     * @throws EncodingException when it has an unpaired surrogate, which no UTF-8 can express.
     */
    public fun writeString(text: String) {
        val length = text.length
        if (length > DIRECT_TEXT) {
            requireWellFormed(text)
            val encoded = text.encodeToByteArray()
            stringHead(encoded.size)
            append(Bytes(encoded))
            return
        }
        ensure(HEAD + length)
        val from = position + stringHeadSize(length)
        if (encodeAscii(text, buffer, from) == length) {
            stringHead(length)
            position += length
        } else {
            writeNonAscii(text, length)
        }
    }

    private fun writeNonAscii(
        text: String,
        length: Int,
    ) {
        ensure(HEAD + 3 * length)
        val guessed = position + stringHeadSize(length)
        val end = encodeUtf8(text, buffer, guessed)
        val size = end - guessed
        val from = position + stringHeadSize(size)
        if (from != guessed) buffer.copyInto(buffer, from, guessed, end)
        stringHead(size)
        position += size
    }

    /** Writes bytes; from 8 KiB on the slice itself becomes a part of the message. */
    public fun writeBinary(bytes: Bytes) {
        binaryHead(bytes.size)
        append(bytes)
    }

    /** Writes bytes; from 8 KiB on the array itself becomes a part of the message. */
    public fun writeBinary(bytes: ByteArray) {
        writeBinary(Bytes(bytes))
    }

    /** Writes [size] bytes that [fill] puts into `target` from `offset` on; it must set all of them and write nothing else. */
    public fun writeBinary(
        size: Int,
        fill: (target: ByteArray, offset: Int) -> Unit,
    ) {
        require(size >= 0) { "A negative size: $size" }
        binaryHead(size)
        if (size >= LINKED) {
            checkMessageSize(this.size, size)
            val own = ByteArray(size)
            fill(own, 0)
            link(Bytes(own))
        } else {
            ensure(size)
            fill(buffer, position)
            position += size
        }
    }

    /** Announces a list: [size] values follow. */
    public fun writeArrayHeader(size: Int) {
        require(size >= 0) { "A negative size: $size" }
        when {
            size < 0x10 -> lead(WireCodes.FIXARRAY or size)
            size <= 0xffff -> head16(WireCodes.ARRAY16, size)
            else -> head32(WireCodes.ARRAY32, size)
        }
    }

    /** Announces a map: [size] times a text key and a value follow. */
    public fun writeMapHeader(size: Int) {
        require(size >= 0) { "A negative size: $size" }
        when {
            size < 0x10 -> lead(WireCodes.FIXMAP or size)
            size <= 0xffff -> head16(WireCodes.MAP16, size)
            else -> head32(WireCodes.MAP32, size)
        }
    }

    /** Writes extension −1 in its shortest form. Peers send it, we do not by ourselves: Python cannot send it on. */
    public fun writeTimestamp(timestamp: WireTimestamp) {
        val seconds = timestamp.seconds
        val nanoseconds = timestamp.nanoseconds
        when {
            seconds ushr 32 == 0L && nanoseconds == 0 -> {
                head8(WireCodes.FIXEXT4, WireCodes.TIMESTAMP.toInt())
                raw32(seconds.toInt())
            }

            seconds ushr 34 == 0L -> {
                head8(WireCodes.FIXEXT8, WireCodes.TIMESTAMP.toInt())
                raw64((nanoseconds.toLong() shl 34) or seconds)
            }

            else -> {
                head8(WireCodes.EXT8, 12)
                lead(WireCodes.TIMESTAMP.toInt())
                raw32(nanoseconds)
                raw64(seconds)
            }
        }
    }

    /** Writes already encoded values; from 8 KiB on the slice itself becomes a part of the message. */
    public fun writeRaw(encoded: Bytes) {
        append(encoded)
    }

    /** Writes already encoded values, part by part as [writeRaw] of bytes does. */
    public fun writeRaw(encoded: ByteChain) {
        for (part in encoded.parts) append(part)
    }

    /** All that was written. The writer is empty afterwards and can go on with another message. */
    public fun finish(): ByteChain {
        flush()
        val finished = ByteChain(parts)
        parts = ArrayList(1)
        partsSize = 0
        return finished
    }

    private fun append(bytes: Bytes) {
        if (bytes.size >= LINKED) {
            link(bytes)
        } else {
            ensure(bytes.size)
            bytes.copyInto(buffer, position)
            position += bytes.size
        }
    }

    private fun link(bytes: Bytes) {
        checkMessageSize(size, bytes.size)
        flush()
        parts.add(bytes)
        partsSize += bytes.size
    }

    private fun flush() {
        if (position == start) return
        parts.add(Bytes(buffer, start, position - start))
        partsSize += position - start
        start = position
    }

    private fun ensure(count: Int) {
        if (buffer.size - position < count) grow(count)
    }

    /** Only what is not yet in the chain moves: earlier parts keep the old buffer. */
    private fun grow(count: Int) {
        checkMessageSize(size, count)
        val used = position - start
        val doubled = if (used > Int.MAX_VALUE / 2 - SMALLEST) LARGEST else maxOf(2 * used, SMALLEST)
        val larger = ByteArray(maxOf(doubled, used + count))
        buffer.copyInto(larger, 0, start, position)
        buffer = larger
        start = 0
        position = used
    }

    private fun stringHeadSize(size: Int): Int =
        when {
            size < 0x20 -> 1
            size <= 0xff -> 2
            size <= 0xffff -> 3
            else -> 5
        }

    private fun stringHead(size: Int) {
        when {
            size < 0x20 -> lead(WireCodes.FIXSTR or size)
            size <= 0xff -> head8(WireCodes.STR8, size)
            size <= 0xffff -> head16(WireCodes.STR16, size)
            else -> head32(WireCodes.STR32, size)
        }
    }

    private fun binaryHead(size: Int) {
        when {
            size <= 0xff -> head8(WireCodes.BIN8, size)
            size <= 0xffff -> head16(WireCodes.BIN16, size)
            else -> head32(WireCodes.BIN32, size)
        }
    }

    private fun lead(code: Int) {
        ensure(1)
        buffer[position++] = code.toByte()
    }

    private fun head8(
        code: Int,
        value: Int,
    ) {
        ensure(2)
        buffer[position] = code.toByte()
        buffer[position + 1] = value.toByte()
        position += 2
    }

    private fun head16(
        code: Int,
        value: Int,
    ) {
        ensure(3)
        buffer[position] = code.toByte()
        putShort(buffer, position + 1, value)
        position += 3
    }

    private fun head32(
        code: Int,
        value: Int,
    ) {
        ensure(5)
        buffer[position] = code.toByte()
        putInt(buffer, position + 1, value)
        position += 5
    }

    private fun head64(
        code: Int,
        value: Long,
    ) {
        ensure(9)
        buffer[position] = code.toByte()
        putLong(buffer, position + 1, value)
        position += 9
    }

    private fun raw32(value: Int) {
        ensure(4)
        putInt(buffer, position, value)
        position += 4
    }

    private fun raw64(value: Long) {
        ensure(8)
        putLong(buffer, position, value)
        position += 8
    }

    private companion object {
        /** Byte runs of this size and more are linked, not copied. */
        const val LINKED = 8 * 1024

        /** Longer text is encoded by the platform, whose bulk conversion beats a loop there. */
        const val DIRECT_TEXT = 256
        const val HEAD = 5
        const val SMALLEST = 256
        const val LARGEST = Int.MAX_VALUE - 8
    }
}
