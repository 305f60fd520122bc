package io.hypha.rpc.value

import io.hypha.rpc.EncodingException

// What the bits at one position of an array mean. Positions are checked by whoever computes them, or by the memory itself.

internal fun NDArray.elementAt(position: Int): Any =
    when (dtype.kind) {
        DTypeKind.Signed -> {
            signedAt(position)
        }

        DTypeKind.Unsigned -> {
            val bits = lanes.bits(position)
            if (bits < 0) bits.toULong() else bits
        }

        DTypeKind.Float -> {
            floatAt(position)
        }

        DTypeKind.Boolean -> {
            lanes.bits(position) != 0L
        }

        DTypeKind.Complex -> {
            complexAt(position)
        }

        DTypeKind.Opaque -> {
            throw noElements("a value")
        }
    }

internal fun NDArray.doubleAt(position: Int): Double =
    when (dtype.kind) {
        DTypeKind.Float -> {
            floatAt(position)
        }

        DTypeKind.Signed -> {
            longToDouble(signedAt(position))
        }

        DTypeKind.Unsigned -> {
            val bits = lanes.bits(position)
            if (bits < 0) ulongToDouble(bits.toULong()) else longToDouble(bits)
        }

        DTypeKind.Boolean -> {
            if (lanes.bits(position) != 0L) 1.0 else 0.0
        }

        DTypeKind.Complex, DTypeKind.Opaque -> {
            throw noElements("Double")
        }
    }

internal fun NDArray.longAt(position: Int): Long =
    when (dtype.kind) {
        DTypeKind.Signed -> signedAt(position)
        DTypeKind.Unsigned -> ulongToLong(lanes.bits(position).toULong())
        DTypeKind.Boolean -> if (lanes.bits(position) != 0L) 1 else 0
        DTypeKind.Float -> doubleToLong(floatAt(position))
        DTypeKind.Complex, DTypeKind.Opaque -> throw noElements("Long")
    }

internal fun NDArray.ulongAt(position: Int): ULong =
    when (dtype.kind) {
        DTypeKind.Unsigned -> lanes.bits(position).toULong()
        DTypeKind.Float -> doubleToULong(floatAt(position))
        else -> longToULong(longAt(position))
    }

internal fun NDArray.booleanAt(position: Int): Boolean {
    if (dtype.kind != DTypeKind.Boolean) throw noElements("Boolean")
    return lanes.bits(position) != 0L
}

internal fun NDArray.complexAt(position: Int): Complex {
    if (dtype.kind != DTypeKind.Complex) throw noElements("Complex")
    return Complex(floatLane(2 * position), floatLane(2 * position + 1))
}

private fun NDArray.floatAt(position: Int): Double = floatLane(position)

private fun NDArray.floatLane(lane: Int): Double {
    val bits = lanes.bits(lane)
    return when (lanes.width) {
        2 -> Float16.toFloat(bits.toShort()).toDouble()
        4 -> Float.fromBits(bits.toInt()).toDouble()
        else -> Double.fromBits(bits)
    }
}

private fun NDArray.signedAt(position: Int): Long {
    val above = Long.SIZE_BITS - Byte.SIZE_BITS * lanes.width
    return lanes.bits(position) shl above shr above
}

private fun NDArray.noElements(wanted: String): EncodingException {
    val hint =
        when (dtype.kind) {
            DTypeKind.Complex -> ", use interleaved()"
            DTypeKind.Opaque -> ", use toBytes() or reinterpret()"
            else -> ""
        }
    return misfit(wanted, "an element of dtype $dtype$hint")
}
