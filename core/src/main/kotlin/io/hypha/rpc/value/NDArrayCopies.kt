package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.platform.ArrayBits
import io.hypha.rpc.wire.Bytes

// Copies of whole arrays, row-major: in bulk where memory and result have the same bits, else element by element.

internal fun copyFloats(array: NDArray): FloatArray {
    val lanes = array.lanes
    if (array.isBulk(DTypeKind.Float, Float.SIZE_BYTES)) {
        if (lanes is FloatLanes) return lanes.array.copyOf()
        if (lanes is SliceLanes) {
            return FloatArray(array.size).also {
                ArrayBits.copy(lanes.bytes.array, lanes.bytes.offset, it.size, it, 0, array.dtype.isLittleEndian)
            }
        }
    }
    val copy = FloatArray(array.size)
    array.eachPosition { i, position -> copy[i] = doubleToFloat(array.doubleAt(position)) }
    return copy
}

internal fun copyDoubles(array: NDArray): DoubleArray {
    val lanes = array.lanes
    if (array.isBulk(DTypeKind.Float, Double.SIZE_BYTES)) {
        if (lanes is DoubleLanes) return lanes.array.copyOf()
        if (lanes is SliceLanes) {
            return DoubleArray(array.size).also {
                ArrayBits.copy(lanes.bytes.array, lanes.bytes.offset, it.size, it, 0, array.dtype.isLittleEndian)
            }
        }
    }
    val copy = DoubleArray(array.size)
    array.eachPosition { i, position -> copy[i] = array.doubleAt(position) }
    return copy
}

internal fun copyInts(array: NDArray): IntArray {
    val lanes = array.lanes
    if (array.isBulk(DTypeKind.Signed, Int.SIZE_BYTES)) {
        if (lanes is IntLanes) return lanes.array.copyOf()
        if (lanes is SliceLanes) {
            return IntArray(array.size).also {
                ArrayBits.copy(lanes.bytes.array, lanes.bytes.offset, it.size, it, 0, array.dtype.isLittleEndian)
            }
        }
    }
    val copy = IntArray(array.size)
    array.eachPosition { i, position -> copy[i] = longToInt(array.longAt(position)) }
    return copy
}

internal fun copyLongs(array: NDArray): LongArray {
    val lanes = array.lanes
    if (array.isBulk(DTypeKind.Signed, Long.SIZE_BYTES)) {
        if (lanes is LongLanes) return lanes.array.copyOf()
        if (lanes is SliceLanes) {
            return LongArray(array.size).also {
                ArrayBits.copy(lanes.bytes.array, lanes.bytes.offset, it.size, it, 0, array.dtype.isLittleEndian)
            }
        }
    }
    val copy = LongArray(array.size)
    array.eachPosition { i, position -> copy[i] = array.longAt(position) }
    return copy
}

internal fun copyShorts(array: NDArray): ShortArray {
    val lanes = array.lanes
    if (array.isBulk(DTypeKind.Signed, Short.SIZE_BYTES)) {
        if (lanes is ShortLanes) return lanes.array.copyOf()
        if (lanes is SliceLanes) {
            return ShortArray(array.size).also {
                ArrayBits.copy(lanes.bytes.array, lanes.bytes.offset, it.size, it, 0, array.dtype.isLittleEndian)
            }
        }
    }
    val copy = ShortArray(array.size)
    array.eachPosition { i, position -> copy[i] = longToShort(array.longAt(position)) }
    return copy
}

internal fun copyBytes(array: NDArray): ByteArray {
    val lanes = array.lanes
    if (array.isBulk(DTypeKind.Signed, 1) || array.isBulk(DTypeKind.Unsigned, 1)) {
        if (lanes is ByteLanes) return lanes.array.copyOf()
        if (lanes is SliceLanes) return lanes.bytes.toByteArray()
    }
    val keepsBits = array.dtype.kind == DTypeKind.Unsigned && array.dtype.itemSize == 1
    val copy = ByteArray(array.size)
    array.eachPosition { i, position ->
        copy[i] = if (keepsBits) lanes.bits(position).toByte() else longToByte(array.longAt(position))
    }
    return copy
}

internal fun copyBooleans(array: NDArray): BooleanArray {
    val lanes = array.lanes
    if (lanes is BooleanLanes && array.isBulk(DTypeKind.Boolean, 1)) return lanes.array.copyOf()
    val copy = BooleanArray(array.size)
    array.eachPosition { i, position -> copy[i] = array.booleanAt(position) }
    return copy
}

/** The elements as the wire has them; a received row-major array is its own slice. */
internal fun wireBytes(array: NDArray): Bytes {
    val lanes = array.lanes
    if (lanes is SliceLanes && array.dimensions.isRowMajor) return lanes.bytes
    return Bytes(ByteArray(wireSize(array)).also { copyWireBytes(array, it, 0) })
}

/** How many bytes the elements take on the wire. */
internal fun wireSize(array: NDArray): Int {
    val lanes = array.lanes
    if (lanes is SliceLanes) return lanes.bytes.size
    val size = lanes.count.toLong() * lanes.width
    if (size > Int.MAX_VALUE) throw EncodingException("An array can have at most ${Int.MAX_VALUE} bytes")
    return size.toInt()
}

/** Puts the [wireSize] bytes of [array] into [target] from [offset] on. */
internal fun copyWireBytes(
    array: NDArray,
    target: ByteArray,
    offset: Int,
) {
    if (array.dimensions.isRowMajor) {
        array.lanes.copyBytes(target, offset)
        return
    }
    val itemSize = array.dtype.itemSize
    if (array.size > 0 && itemSize == 0) throw EncodingException("The element size of dtype ${array.dtype} is not known")
    val memory = ByteArray(wireSize(array)).also { array.lanes.copyBytes(it, 0) }
    array.eachPosition { i, position ->
        memory.copyInto(target, offset + i * itemSize, position * itemSize, (position + 1) * itemSize)
    }
}

/** Whether the elements lie in memory as an array of numbers of this kind and size has them. */
private fun NDArray.isBulk(
    kind: DTypeKind,
    itemSize: Int,
): Boolean = dtype.kind == kind && dtype.itemSize == itemSize && dimensions.isRowMajor

private inline fun NDArray.eachPosition(action: (number: Int, position: Int) -> Unit) {
    var i = 0
    try {
        while (i < size) {
            action(i, dimensions.positionOf(i))
            i++
        }
    } catch (e: EncodingException) {
        throw e.within("[$i]")
    }
}
