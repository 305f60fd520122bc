package io.hypha.rpc.wire

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.ProtocolException
import io.hypha.rpc.platform.decodeUtf8

/**
 * Reads msgpack values one after the other from a slice (protocol §2.7), without a tree in between.
 *
 * Every declared length is checked against the bytes that are left, and against [limits], before anything is allocated. Whatever
 * the bytes are, the outcome is a value or a [ProtocolException] that names what is wrong at which byte. A value of another type
 * than the one asked for is such an error as well, and is then still unread. Not safe for use by several threads at once.
 *
 * @param bytes the message; it is not copied, and long byte values are slices of it.
 * @property limits what is accepted.
 * @throws ProtocolException when the message is longer than [WireLimits.maxFrameBytes].
 */
@InternalHyphaApi
public class MsgPackReader(
    private val bytes: Bytes,
    public val limits: WireLimits = WireLimits.Default,
) {
    private val array = bytes.array
    private val base = bytes.offset
    private val end = base + bytes.size
    private var index = base
    private var depth = 0

    init {
        if (bytes.size > limits.maxFrameBytes) throw tooLong("the message", 0, bytes.size.toLong(), limits.maxFrameBytes)
    }

    /** Bytes consumed so far; set it to a value returned earlier in order to read from there again. */
    public var position: Int
        get() = index - base
        set(value) {
            require(value in 0..bytes.size) { "Position $value does not lie in a message of ${bytes.size} bytes" }
            index = base + value
        }

    /** Bytes not yet consumed. */
    public val remaining: Int get() = end - index

    /** A second reader of the same message that starts at [position], at the same depth. */
    public fun at(position: Int): MsgPackReader {
        val other = MsgPackReader(bytes, limits)
        other.position = position
        other.depth = depth
        return other
    }

    /** The type of the next value, which stays unread; [WireType.End] when there is none. */
    public fun peek(): WireType {
        if (index >= end) return WireType.End
        return typeOfLead[array[index].toInt() and 0xff] ?: throw unknownLead(position)
    }

    /** Counts one level of nesting; a decoder calls it before it descends into a list or map. */
    public fun enter() {
        if (depth >= limits.maxDepth) throw tooDeep(position, limits.maxDepth)
        depth++
    }

    /** The end of the level that [enter] began. */
    public fun leave() {
        depth--
    }

    /** Reads nil. */
    public fun readNil() {
        if (!tryReadNil()) throw unexpected("nil")
    }

    /** Reads nil if that is what comes next. */
    public fun tryReadNil(): Boolean {
        if (lead() != WireCodes.NIL) return false
        index++
        return true
    }

    /** Reads true or false. */
    public fun readBoolean(): Boolean {
        val lead = lead()
        if (lead != WireCodes.TRUE && lead != WireCodes.FALSE) throw unexpected("a boolean")
        index++
        return lead == WireCodes.TRUE
    }

    /** Reads an integer; one beyond `Long.MAX_VALUE` is an error. */
    public fun readLong(): Long {
        val lead = lead()
        if (lead < WireCodes.FIXMAP) {
            index++
            return lead.toLong()
        }
        val start = position
        val value = integerBits(lead)
        if (value < 0 && lead == WireCodes.UINT64) {
            index = base + start
            throw ProtocolException("The integer at byte $start is larger than ${Long.MAX_VALUE}")
        }
        return value
    }

    /** Reads an integer that is not negative. */
    public fun readULong(): ULong {
        val lead = lead()
        val start = position
        val value = integerBits(lead)
        if (value < 0 && lead != WireCodes.UINT64) {
            index = base + start
            throw ProtocolException("The integer at byte $start is negative")
        }
        return value.toULong()
    }

    /** Reads an integer: a `Long`, or a `ULong` when it is larger than `Long.MAX_VALUE`. */
    public fun readInteger(): Any {
        val lead = lead()
        val value = integerBits(lead)
        return if (value < 0 && lead == WireCodes.UINT64) value.toULong() else value
    }

    private fun integerBits(lead: Int): Long {
        if (lead < WireCodes.FIXMAP || lead >= WireCodes.NEGATIVE_FIXINT) {
            index++
            return lead.toByte().toLong()
        }
        val at = index + 1
        when (lead) {
            WireCodes.UINT8, WireCodes.INT8 -> advance(2)
            WireCodes.UINT16, WireCodes.INT16 -> advance(3)
            WireCodes.UINT32, WireCodes.INT32 -> advance(5)
            WireCodes.UINT64, WireCodes.INT64 -> advance(9)
            else -> throw unexpected("an integer")
        }
        return when (lead) {
            WireCodes.UINT8 -> array[at].toLong() and 0xff
            WireCodes.INT8 -> array[at].toLong()
            WireCodes.UINT16 -> shortAt(array, at).toLong() and 0xffff
            WireCodes.INT16 -> shortAt(array, at).toLong()
            WireCodes.UINT32 -> intAt(array, at).toLong() and 0xffffffffL
            WireCodes.INT32 -> intAt(array, at).toLong()
            else -> longAt(array, at)
        }
    }

    /** Reads a float32 or float64. */
    public fun readDouble(): Double {
        val at = index + 1
        return when (lead()) {
            WireCodes.FLOAT64 -> {
                advance(9)
                Double.fromBits(longAt(array, at))
            }

            WireCodes.FLOAT32 -> {
                advance(5)
                Float.fromBits(intAt(array, at)).toDouble()
            }

            else -> {
                throw unexpected("a float")
            }
        }
    }

    /** Reads a float or an integer; integers beyond 2^53 are rounded. JavaScript sends whole floats as integers. */
    public fun readNumberAsDouble(): Double {
        val lead = lead()
        if (lead == WireCodes.FLOAT64 || lead == WireCodes.FLOAT32) return readDouble()
        if (peek() != WireType.Integer) throw unexpected("a number")
        val value = integerBits(lead)
        return if (value < 0 && lead == WireCodes.UINT64) value.toULong().toDouble() else value.toDouble()
    }

    /** Reads text; it must be valid UTF-8. */
    public fun readString(): String {
        val start = position
        val size = stringSize(start)
        if (size == OTHER) throw unexpected("text")
        return text(start, size, cached = false)
    }

    /** Reads a map key: text, or bytes that are text. Keys come again and again, so a recent equal key is reused. */
    public fun readKey(): String {
        val start = position
        val size = keySize(start)
        return text(start, size, cached = true)
    }

    /** Reads text that probably came before, such as an address: an equal recent one is reused. */
    internal fun readRepeatedString(): String {
        val start = position
        val size = stringSize(start)
        if (size == OTHER) throw unexpected("text")
        return text(start, size, cached = true)
    }

    private fun text(
        start: Int,
        size: Int,
        cached: Boolean,
    ): String {
        try {
            val text = if (cached) TextCache.decode(array, index, size) else decodeUtf8(array, index, size)
            index += size
            return text
        } catch (e: ProtocolException) {
            throw ProtocolException("Text at byte $start of the message: ${e.message}", e)
        }
    }

    /** Reads text or a map key as its UTF-8 bytes, unchecked; always a slice of the message, for comparing without a string. */
    public fun readStringBytes(): Bytes {
        val start = position
        val size = keySize(start)
        val from = index
        index += size
        return Bytes(array, from, size)
    }

    /**
     * Reads bytes. They are a slice of the message, unless they are a small part of a large one: then they are copied, so that
     * they do not keep the whole message in memory.
     */
    public fun readBinary(): Bytes {
        val start = position
        val size = binarySize(start)
        if (size == OTHER) throw unexpected("bytes")
        val from = index
        index += size
        return Bytes(array, from, size).detached()
    }

    /** Reads the head of a list; that many values follow. It is no more than the bytes left. */
    public fun readArrayHeader(): Int {
        val start = position
        val lead = lead()
        val count =
            when {
                lead in WireCodes.FIXARRAY until WireCodes.FIXSTR -> fixedCount(lead and 0x0f)
                lead == WireCodes.ARRAY16 -> length(2)
                lead == WireCodes.ARRAY32 -> length(4)
                else -> throw unexpected("a list")
            }
        return checkCount("a list of ", start, count, 1)
    }

    /** Reads the head of a map; that many keys, each with its value, follow. It is no more than half the bytes left. */
    public fun readMapHeader(): Int {
        val start = position
        val lead = lead()
        val count =
            when {
                lead in WireCodes.FIXMAP until WireCodes.FIXARRAY -> fixedCount(lead and 0x0f)
                lead == WireCodes.MAP16 -> length(2)
                lead == WireCodes.MAP32 -> length(4)
                else -> throw unexpected("a map")
            }
        return checkCount("a map of ", start, count, 2)
    }

    /** Reads an extension of any type. */
    public fun readExtension(): Extension {
        val start = position
        val lead = lead()
        val size =
            when (lead) {
                in WireCodes.FIXEXT1..WireCodes.FIXEXT16 -> fixedCount(1 shl (lead - WireCodes.FIXEXT1))
                WireCodes.EXT8 -> length(1)
                WireCodes.EXT16 -> length(2)
                WireCodes.EXT32 -> length(4)
                else -> throw unexpected("an extension")
            }
        if (index >= end) throw truncated("an extension", start, 1, 0)
        val type = array[index++]
        val from = index
        index += checkSize("an extension", start, size, limits.maxBinaryBytes)
        return Extension(type, Bytes(array, from, size))
    }

    /** Reads a timestamp, extension −1; there is no other extension in the protocol. */
    public fun readTimestamp(): WireTimestamp {
        val start = position
        val extension = readExtension()
        if (extension.type != WireCodes.TIMESTAMP) {
            throw ProtocolException("Unknown extension type ${extension.type} at byte $start")
        }
        return WireTimestamp.decode(extension.data, start)
    }

    /** Passes over one whole value, however deep it is. */
    public fun skip() {
        index = endOfValue(array, index, end, base)
    }

    /** Passes over one whole value and returns its encoded form, a slice of the message. */
    public fun skipSlice(): Bytes {
        val from = index
        skip()
        return Bytes(array, from, index - from)
    }

    /** The error that something else than [wanted] comes next. */
    internal fun unexpected(wanted: String): ProtocolException = mismatch(wanted, position, peek())

    private fun lead(): Int {
        if (index >= end) throw truncated("a value", position, 1, 0)
        return array[index].toInt() and 0xff
    }

    private fun advance(count: Int) {
        if (count > end - index) throw truncated("a value", position, count.toLong(), end - index)
        index += count
    }

    /** Consumes the first byte and a length of [width] bytes; lengths beyond `Int` come out negative. */
    private fun length(width: Int): Int {
        val at = index + 1
        advance(1 + width)
        return when (width) {
            1 -> array[at].toInt() and 0xff
            2 -> shortAt(array, at) and 0xffff
            else -> intAt(array, at)
        }
    }

    private fun fixedCount(count: Int): Int {
        index++
        return count
    }

    private fun keySize(start: Int): Int {
        val size = stringSize(start)
        if (size != OTHER) return size
        val binary = binarySize(start)
        if (binary == OTHER) throw unexpected("text")
        return binary
    }

    private fun stringSize(start: Int): Int {
        val lead = lead()
        val size =
            when {
                lead in WireCodes.FIXSTR until WireCodes.NIL -> fixedCount(lead and 0x1f)
                lead == WireCodes.STR8 -> length(1)
                lead == WireCodes.STR16 -> length(2)
                lead == WireCodes.STR32 -> length(4)
                else -> return OTHER
            }
        return checkSize("text", start, size, limits.maxStringBytes)
    }

    private fun binarySize(start: Int): Int {
        val size =
            when (lead()) {
                WireCodes.BIN8 -> length(1)
                WireCodes.BIN16 -> length(2)
                WireCodes.BIN32 -> length(4)
                else -> return OTHER
            }
        return checkSize("bytes", start, size, limits.maxBinaryBytes)
    }

    private fun checkSize(
        what: String,
        start: Int,
        size: Int,
        limit: Int,
    ): Int {
        val declared = size.toLong() and 0xffffffffL
        if (declared > limit) throw tooLong(what, start, declared, limit)
        if (declared > end - index) throw truncated(what, start, declared, end - index)
        return size
    }

    private fun checkCount(
        what: String,
        start: Int,
        count: Int,
        each: Int,
    ): Int {
        val declared = count.toLong() and 0xffffffffL
        if (declared * each > end - index) throw truncated("$what$declared", start, declared * each, end - index)
        return count
    }

    private companion object {
        /** Instead of a size: the next value is of another type, and still unread. */
        const val OTHER = -1
    }
}
