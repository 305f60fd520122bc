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
    private val cursor = WireCursor(bytes, limits)
    private var depth = 0

    init {
        if (bytes.size > limits.maxFrameBytes) throw tooLong("the message", 0, bytes.size.toLong(), limits.maxFrameBytes)
    }

    /** Bytes consumed so far; set it to a value returned earlier in order to read from there again. */
    public var position: Int
        get() = cursor.position
        set(value) {
            require(value in 0..bytes.size) { "Position $value does not lie in a message of ${bytes.size} bytes" }
            cursor.index = cursor.base + value
        }

    /** Bytes not yet consumed. */
    public val remaining: Int get() = cursor.left

    /** A second reader of the same message that starts at [position], at the same depth. */
    public fun at(position: Int): MsgPackReader {
        val other = MsgPackReader(bytes, limits)
        other.position = position
        other.depth = depth
        return other
    }

    /** The type of the next value, which stays unread; [WireType.End] when there is none. */
    public fun peek(): WireType = cursor.peek()

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
        if (cursor.lead() != WireCodes.NIL) return false
        cursor.index++
        return true
    }

    /** Reads true or false. */
    public fun readBoolean(): Boolean {
        val lead = cursor.lead()
        if (lead != WireCodes.TRUE && lead != WireCodes.FALSE) throw unexpected("a boolean")
        cursor.index++
        return lead == WireCodes.TRUE
    }

    /** Reads an integer; one beyond `Long.MAX_VALUE` is an error. */
    public fun readLong(): Long {
        val lead = cursor.lead()
        val start = cursor.index
        val bits = cursor.readIntegerBits(lead)
        if (isBeyondLong(lead, bits)) {
            cursor.index = start
            throw ProtocolException("The integer at byte $position is larger than ${Long.MAX_VALUE}")
        }
        return bits
    }

    /** Reads an integer that is not negative. */
    public fun readULong(): ULong {
        val lead = cursor.lead()
        val start = cursor.index
        val bits = cursor.readIntegerBits(lead)
        if (bits < 0 && !isBeyondLong(lead, bits)) {
            cursor.index = start
            throw ProtocolException("The integer at byte $position is negative")
        }
        return bits.toULong()
    }

    /** Reads an integer: a `Long`, or a `ULong` when it is larger than `Long.MAX_VALUE`. */
    public fun readInteger(): Any {
        val lead = cursor.lead()
        val bits = cursor.readIntegerBits(lead)
        return if (isBeyondLong(lead, bits)) bits.toULong() else bits
    }

    /** Reads a float32 or float64. */
    public fun readDouble(): Double =
        when (cursor.lead()) {
            WireCodes.FLOAT64 -> Double.fromBits(longAt(cursor.array, cursor.take(9) + 1))
            WireCodes.FLOAT32 -> Float.fromBits(intAt(cursor.array, cursor.take(5) + 1)).toDouble()
            else -> throw unexpected("a float")
        }

    /** Reads a float or an integer; integers beyond 2^53 are rounded. JavaScript sends whole floats as integers. */
    public fun readNumberAsDouble(): Double =
        when (peek()) {
            WireType.Float -> readDouble()
            WireType.Integer -> readInteger().let { if (it is ULong) it.toDouble() else (it as Long).toDouble() }
            else -> throw unexpected("a number")
        }

    /** Reads text; it must be valid UTF-8. */
    public fun readString(): String {
        val start = position
        val size = cursor.textSize().orRefuse("text")
        return readText(start, size, repeated = false)
    }

    /** Reads a map key: text, or bytes that are text. Keys come again and again, so an equal recent one is reused. */
    public fun readKey(): String {
        val start = position
        return readText(start, keySize(), repeated = true)
    }

    /** Reads text that probably came before, such as an address: an equal recent one is reused. */
    internal fun readRepeatedString(): String {
        val start = position
        val size = cursor.textSize().orRefuse("text")
        return readText(start, size, repeated = true)
    }

    private fun readText(
        start: Int,
        size: Int,
        repeated: Boolean,
    ): String {
        val array = cursor.array
        val from = cursor.take(size)
        try {
            return if (repeated) TextCache.decode(array, from, size) else decodeUtf8(array, from, size)
        } catch (e: ProtocolException) {
            throw ProtocolException("Text at byte $start of the message: ${e.message}", e)
        }
    }

    /** Reads text or a map key as its UTF-8 bytes, unchecked; always a slice of the message, for comparing without a string. */
    public fun readStringBytes(): Bytes {
        val size = keySize()
        return Bytes(cursor.array, cursor.take(size), size)
    }

    private fun keySize(): Int {
        val size = cursor.textSize()
        if (size != WireCursor.OTHER) return size
        return cursor.binarySize().orRefuse("text")
    }

    /**
     * Reads bytes. They are a slice of the message, unless they are a small part of a large one: then they are copied, so that
     * they do not keep the whole message in memory.
     */
    public fun readBinary(): Bytes {
        val size = cursor.binarySize().orRefuse("bytes")
        return Bytes(cursor.array, cursor.take(size), size).detached()
    }

    /** Reads the head of a list; that many values follow. It is no more than the bytes left, at every level of nesting. */
    public fun readArrayHeader(): Int = cursor.listSize().orRefuse("a list")

    /** Reads the head of a map; that many keys, each with its value, follow. It is no more than half the bytes left. */
    public fun readMapHeader(): Int = cursor.mapSize().orRefuse("a map")

    /** Reads an extension of any type. */
    public fun readExtension(): Extension {
        val size = cursor.extensionSize().orRefuse("an extension")
        val type = cursor.array[cursor.take(1)]
        return Extension(type, Bytes(cursor.array, cursor.take(size), size))
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
        cursor.index = endOfValue(cursor.array, cursor.index, cursor.end, cursor.base)
    }

    /** Passes over one whole value and returns its encoded form, a slice of the message. */
    public fun skipSlice(): Bytes {
        val from = cursor.index
        skip()
        return Bytes(cursor.array, from, cursor.index - from)
    }

    /** The error that something else than [wanted] comes next. */
    internal fun unexpected(wanted: String): ProtocolException = cursor.unexpected(wanted)

    private fun Int.orRefuse(wanted: String): Int = if (this == WireCursor.OTHER) throw unexpected(wanted) else this
}
