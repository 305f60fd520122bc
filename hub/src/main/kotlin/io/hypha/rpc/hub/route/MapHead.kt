package io.hypha.rpc.hub.route

private const val FIXMAP = 0x80
private const val MAP16 = 0xde
private const val MAP32 = 0xdf

/** Bytes that the head of a msgpack map with [entries] entries takes. */
internal fun mapHeadSize(entries: Int): Int =
    when {
        entries < 0x10 -> 1
        entries <= 0xffff -> 3
        else -> 5
    }

/** Writes the head of a msgpack map to the start of [target] and returns its size. */
internal fun putMapHead(
    target: ByteArray,
    entries: Int,
): Int {
    val size = mapHeadSize(entries)
    when (size) {
        1 -> target[0] = (FIXMAP or entries).toByte()
        3 -> target[0] = MAP16.toByte()
        else -> target[0] = MAP32.toByte()
    }
    for (index in 1 until size) target[index] = (entries ushr (8 * (size - 1 - index))).toByte()
    return size
}
