package io.hypha.rpc.wire

// Numbers in network byte order. Callers have checked that the range lies in the array.

internal fun shortAt(
    array: ByteArray,
    at: Int,
): Int = (array[at].toInt() shl 8) or (array[at + 1].toInt() and 0xff)

internal fun intAt(
    array: ByteArray,
    at: Int,
): Int =
    (array[at].toInt() shl 24) or
        ((array[at + 1].toInt() and 0xff) shl 16) or
        ((array[at + 2].toInt() and 0xff) shl 8) or
        (array[at + 3].toInt() and 0xff)

internal fun longAt(
    array: ByteArray,
    at: Int,
): Long = (intAt(array, at).toLong() shl 32) or (intAt(array, at + 4).toLong() and 0xffffffffL)

internal fun putShort(
    array: ByteArray,
    at: Int,
    value: Int,
) {
    array[at] = (value shr 8).toByte()
    array[at + 1] = value.toByte()
}

internal fun putInt(
    array: ByteArray,
    at: Int,
    value: Int,
) {
    array[at] = (value shr 24).toByte()
    array[at + 1] = (value shr 16).toByte()
    array[at + 2] = (value shr 8).toByte()
    array[at + 3] = value.toByte()
}

internal fun putLong(
    array: ByteArray,
    at: Int,
    value: Long,
) {
    putInt(array, at, (value shr 32).toInt())
    putInt(array, at + 4, value.toInt())
}
