package io.hypha.rpc.wire

/**
 * A place in a message, and the heads of values: what they are and how long, checked against the bytes left and the limits. A
 * method that refuses a type leaves the cursor where it was.
 */
internal class WireCursor(
    bytes: Bytes,
    private val limits: WireLimits,
) {
    val array = bytes.array
    val base = bytes.offset
    val end = base + bytes.size
    var index = base

    /** The index counted from the start of the message, as errors name it. */
    val position: Int get() = index - base

    val left: Int get() = end - index

    fun peek(): WireType {
        if (index >= end) return WireType.End
        return typeOfLead[array[index].toInt() and 0xff] ?: throw unknownLead(position)
    }

    fun unexpected(wanted: String) = mismatch(wanted, position, peek())

    /** The first byte of the next value, unsigned and not consumed. */
    fun lead(): Int {
        if (index >= end) throw truncated("a value", position, 1, 0)
        return array[index].toInt() and 0xff
    }

    /** Consumes [count] bytes and returns the index of the first. */
    fun take(count: Int): Int {
        val from = index
        if (count > end - from) throw truncated("a value", position, count.toLong(), end - from)
        index = from + count
        return from
    }

    /** The content of text: how many bytes follow the consumed head, or [OTHER] when the next value is no text. */
    fun textSize(): Int {
        val start = position
        val lead = lead()
        val size =
            when {
                lead in WireCodes.FIXSTR until WireCodes.NIL -> inLead(lead and 0x1f)
                lead == WireCodes.STR8 -> length(1)
                lead == WireCodes.STR16 -> length(2)
                lead == WireCodes.STR32 -> length(4)
                else -> return OTHER
            }
        return checkSize("text", start, size, limits.maxStringBytes)
    }

    /** The same for bytes. */
    fun binarySize(): Int {
        val start = position
        val size =
            when (lead()) {
                WireCodes.BIN8 -> length(1)
                WireCodes.BIN16 -> length(2)
                WireCodes.BIN32 -> length(4)
                else -> return OTHER
            }
        return checkSize("bytes", start, size, limits.maxBinaryBytes)
    }

    /** The same for an extension, whose type byte comes before the content and is not counted. */
    fun extensionSize(): Int {
        val start = position
        val size =
            when (val lead = lead()) {
                in WireCodes.FIXEXT1..WireCodes.FIXEXT16 -> inLead(1 shl (lead - WireCodes.FIXEXT1))
                WireCodes.EXT8 -> length(1)
                WireCodes.EXT16 -> length(2)
                WireCodes.EXT32 -> length(4)
                else -> return OTHER
            }
        if (index == end) throw truncated("an extension", start, 1, 0)
        index++
        checkSize("an extension", start, size, limits.maxBinaryBytes)
        index--
        return size
    }

    /** How many elements follow the consumed head of a list, or [OTHER]. */
    fun listSize(): Int {
        val start = position
        val lead = lead()
        val count =
            when {
                lead in WireCodes.FIXARRAY until WireCodes.FIXSTR -> inLead(lead and 0x0f)
                lead == WireCodes.ARRAY16 -> length(2)
                lead == WireCodes.ARRAY32 -> length(4)
                else -> return OTHER
            }
        return checkCount("elements of a list", start, count, 1)
    }

    /** How many keys and values follow the consumed head of a map, or [OTHER]. */
    fun mapSize(): Int {
        val start = position
        val lead = lead()
        val count =
            when {
                lead in WireCodes.FIXMAP until WireCodes.FIXARRAY -> inLead(lead and 0x0f)
                lead == WireCodes.MAP16 -> length(2)
                lead == WireCodes.MAP32 -> length(4)
                else -> return OTHER
            }
        return checkCount("entries of a map", start, count, 2)
    }

    private fun inLead(size: Int): Int {
        index++
        return size
    }

    /** Consumes the first byte and a length of [width] bytes; lengths beyond `Int` come out negative. */
    private fun length(width: Int): Int {
        val at = take(1 + width) + 1
        return when (width) {
            1 -> array[at].toInt() and 0xff
            2 -> shortAt(array, at) and 0xffff
            else -> intAt(array, at)
        }
    }

    private fun checkSize(
        what: String,
        start: Int,
        size: Int,
        limit: Int,
    ): Int {
        if (size !in 0..limit) throw tooLong(what, start, unsigned(size), limit)
        if (size > end - index) throw truncated(what, start, size.toLong(), end - index)
        return size
    }

    /** Every element takes at least [each] bytes: one, or two when it has a key. */
    private fun checkCount(
        what: String,
        start: Int,
        count: Int,
        each: Int,
    ): Int {
        val needed = unsigned(count) * each
        if (needed > end - index) throw truncated("${unsigned(count)} $what", start, needed, end - index)
        return count
    }

    private fun unsigned(size: Int): Long = size.toLong() and 0xffffffffL

    companion object {
        /** Instead of a size: the next value is of another type, and nothing was consumed. */
        const val OTHER = -1
    }
}
