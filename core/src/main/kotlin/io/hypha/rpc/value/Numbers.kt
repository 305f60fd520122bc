package io.hypha.rpc.value

import io.hypha.rpc.EncodingException

// The one place where a number of one type becomes one of another. A value that does not fit is an error that names both types,
// never a wrong number; the numbers themselves stay out of the messages.

private const val TWO_TO_63 = 9.223372036854775807E18
private const val TWO_TO_64 = 1.8446744073709551616E19

internal fun misfit(
    target: String,
    found: String,
): EncodingException = EncodingException("Expected $target, found $found")

private fun tooLarge(target: String): EncodingException = misfit(target, "an integer outside of its range")

internal fun longToInt(value: Long): Int {
    val narrow = value.toInt()
    if (narrow.toLong() != value) throw tooLarge("Int")
    return narrow
}

internal fun longToShort(value: Long): Short {
    val narrow = value.toShort()
    if (narrow.toLong() != value) throw tooLarge("Short")
    return narrow
}

internal fun longToByte(value: Long): Byte {
    val narrow = value.toByte()
    if (narrow.toLong() != value) throw tooLarge("Byte")
    return narrow
}

internal fun ulongToLong(value: ULong): Long {
    val signed = value.toLong()
    if (signed < 0) throw tooLarge("Long")
    return signed
}

internal fun longToULong(value: Long): ULong {
    if (value < 0) throw misfit("an unsigned integer", "a negative integer")
    return value.toULong()
}

/** Only when the integer is exactly a double: otherwise an identifier would silently become another one. */
internal fun longToDouble(value: Long): Double {
    val wide = value.toDouble()
    if (wide >= TWO_TO_63 || wide.toLong() != value) throw misfit("Double", "an integer that no Double is equal to")
    return wide
}

internal fun ulongToDouble(value: ULong): Double {
    val wide = value.toDouble()
    if (wide >= TWO_TO_64 || wide.toULong() != value) throw misfit("Double", "an integer that no Double is equal to")
    return wide
}

/** JavaScript has only doubles, and Python writes `3.0`: a whole float counts as an integer. */
internal fun doubleToLong(value: Double): Long {
    val whole = value.toLong()
    if (whole.toDouble() != value) throw misfit("an integer", "a float that is not whole or too large")
    if (value >= TWO_TO_63) throw misfit("an integer", "a float that is not whole or too large")
    return whole
}

internal fun doubleToULong(value: Double): ULong {
    val whole = value.toULong()
    if (value >= TWO_TO_64 ||
        whole.toDouble() != value
    ) {
        throw misfit("an unsigned integer", "a float that is not whole, negative or too large")
    }
    return whole
}

/** Rounded to the nearest, as every float64 from a peer is; only a finite number must not become infinite. */
internal fun doubleToFloat(value: Double): Float {
    val narrow = value.toFloat()
    if (narrow.isInfinite() && !value.isInfinite()) throw misfit("Float", "a number outside of its range")
    return narrow
}
