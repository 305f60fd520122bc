package io.hypha.rpc.value

import kotlin.jvm.JvmStatic

/** Half-precision floats (IEEE 754 binary16), which Kotlin has no type for: 1 sign bit, 5 bits of exponent, 10 of fraction. */
public object Float16 {
    private const val SIGN = 0x8000
    private const val INFINITY = 0x7c00
    private const val QUIET_NAN = 0x7e00
    private const val FRACTION = 0x3ff
    private const val FRACTION_BITS = 10

    /** Difference of the two exponent biases (127 − 15), and of the two fraction widths (23 − 10). */
    private const val BIAS = 112
    private const val SHIFT = 13
    private const val FLOAT_FRACTION = 0x7fffff
    private const val FLOAT_HIDDEN = 0x800000
    private const val SMALLEST = 5.9604645e-8f

    /** The exact value of the half whose bits are [bits]; NaN stays NaN, and keeps its fraction. */
    @JvmStatic
    public fun toFloat(bits: Short): Float {
        val sign = (bits.toInt() and SIGN) shl 16
        val exponent = (bits.toInt() and INFINITY) shr FRACTION_BITS
        val fraction = bits.toInt() and FRACTION
        if (exponent == 0) {
            val value = fraction * SMALLEST
            return if (sign == 0) value else -value
        }
        val wide = if (exponent == 0x1f) 0xff else exponent + BIAS
        return Float.fromBits(sign or (wide shl 23) or (fraction shl SHIFT))
    }

    /** The bits of the half nearest to [value], the even one of two equally near; beyond 65519 that is infinity. */
    @JvmStatic
    public fun fromFloat(value: Float): Short {
        val bits = value.toRawBits()
        val sign = (bits ushr 16) and SIGN
        val exponent = (bits ushr 23) and 0xff
        val fraction = bits and FLOAT_FRACTION
        val half =
            when {
                exponent == 0xff -> if (fraction == 0) INFINITY else QUIET_NAN or (fraction ushr SHIFT)
                exponent > BIAS + 30 -> INFINITY
                exponent > BIAS -> rounded(((exponent - BIAS) shl 23) or fraction, SHIFT)
                exponent >= BIAS - FRACTION_BITS -> rounded(fraction or FLOAT_HIDDEN, SHIFT + 1 + BIAS - exponent)
                else -> 0
            }
        return (sign or half).toShort()
    }

    /** [value] without its lowest [drop] bits, to nearest, ties to even. A carry runs into the exponent, where it belongs. */
    private fun rounded(
        value: Int,
        drop: Int,
    ): Int {
        val kept = value ushr drop
        val rest = value and ((1 shl drop) - 1)
        val half = 1 shl (drop - 1)
        return if (rest > half || (rest == half && kept and 1 == 1)) kept + 1 else kept
    }
}
