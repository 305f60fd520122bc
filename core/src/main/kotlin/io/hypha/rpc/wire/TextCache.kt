package io.hypha.rpc.wire

import io.hypha.rpc.platform.decodeUtf8

/**
 * Remembers short ASCII texts that come again in every message: map keys and addresses. A hit saves the decoding, the allocation
 * and the hashing of the string when it goes into a map.
 *
 * The table is shared by all threads without a lock: strings are immutable, a slot is written whole, and a lost update costs one
 * more decoding. It holds at most [SLOTS] strings of [LONGEST] characters, whatever peers send.
 */
internal object TextCache {
    private const val SLOTS = 1024
    private const val LONGEST = 64
    private val slots = arrayOfNulls<String>(SLOTS)

    fun decode(
        array: ByteArray,
        offset: Int,
        size: Int,
    ): String {
        if (size > LONGEST) return decodeUtf8(array, offset, size)
        val slot = slotOf(array, offset, size)
        val known = slots[slot]
        if (known != null && isSame(known, array, offset, size)) return known
        val text = decodeUtf8(array, offset, size)
        // Every other character takes more bytes than it has chars: equal lengths mean ASCII.
        if (text.length == size) slots[slot] = text
        return text
    }

    private fun slotOf(
        array: ByteArray,
        offset: Int,
        size: Int,
    ): Int {
        var hash = size
        for (i in offset until offset + size) hash = hash * 31 + array[i]
        return (hash xor (hash ushr 10) xor (hash ushr 20)) and (SLOTS - 1)
    }

    private fun isSame(
        text: String,
        array: ByteArray,
        offset: Int,
        size: Int,
    ): Boolean {
        if (text.length != size) return false
        for (i in 0 until size) if (text[i].code != array[offset + i].toInt()) return false
        return true
    }
}
