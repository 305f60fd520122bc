package io.hypha.rpc.value

import io.hypha.rpc.platform.ArrayBits
import io.hypha.rpc.wire.Bytes

/**
 * The memory of an [NDArray]: numbered lanes of 1, 2, 4 or 8 bytes whose meaning the dtype tells. Either the caller's own array or
 * the slice of a received message; neither is copied.
 *
 * @property width bytes per lane.
 * @property count number of lanes.
 */
internal sealed class Lanes(
    val width: Int,
    val count: Int,
) {
    /** The bits of a lane; those above its width are zero. */
    abstract fun bits(index: Int): Long

    /** All lanes as little-endian bytes (a slice: as they are) into [target] from [offset]. */
    abstract fun copyBytes(
        target: ByteArray,
        offset: Int,
    )
}

internal class ByteLanes(
    val array: ByteArray,
) : Lanes(1, array.size) {
    override fun bits(index: Int): Long = array[index].toLong() and 0xff

    override fun copyBytes(
        target: ByteArray,
        offset: Int,
    ) {
        array.copyInto(target, offset)
    }
}

internal class BooleanLanes(
    val array: BooleanArray,
) : Lanes(1, array.size) {
    override fun bits(index: Int): Long = if (array[index]) 1 else 0

    override fun copyBytes(
        target: ByteArray,
        offset: Int,
    ) {
        for (i in array.indices) target[offset + i] = if (array[i]) 1 else 0
    }
}

internal class ShortLanes(
    val array: ShortArray,
) : Lanes(2, array.size) {
    override fun bits(index: Int): Long = array[index].toLong() and 0xffff

    override fun copyBytes(
        target: ByteArray,
        offset: Int,
    ) {
        ArrayBits.copy(array, 0, array.size, target, offset, littleEndian = true)
    }
}

internal class IntLanes(
    val array: IntArray,
) : Lanes(4, array.size) {
    override fun bits(index: Int): Long = array[index].toLong() and 0xffffffffL

    override fun copyBytes(
        target: ByteArray,
        offset: Int,
    ) {
        ArrayBits.copy(array, 0, array.size, target, offset, littleEndian = true)
    }
}

internal class LongLanes(
    val array: LongArray,
) : Lanes(8, array.size) {
    override fun bits(index: Int): Long = array[index]

    override fun copyBytes(
        target: ByteArray,
        offset: Int,
    ) {
        ArrayBits.copy(array, 0, array.size, target, offset, littleEndian = true)
    }
}

internal class FloatLanes(
    val array: FloatArray,
) : Lanes(4, array.size) {
    override fun bits(index: Int): Long = array[index].toRawBits().toLong() and 0xffffffffL

    override fun copyBytes(
        target: ByteArray,
        offset: Int,
    ) {
        ArrayBits.copy(array, 0, array.size, target, offset, littleEndian = true)
    }
}

internal class DoubleLanes(
    val array: DoubleArray,
) : Lanes(8, array.size) {
    override fun bits(index: Int): Long = array[index].toRawBits()

    override fun copyBytes(
        target: ByteArray,
        offset: Int,
    ) {
        ArrayBits.copy(array, 0, array.size, target, offset, littleEndian = true)
    }
}

/** Received bytes, in the byte order of the dtype. Lanes of opaque types may have any width; their bits are never asked for. */
internal class SliceLanes(
    val bytes: Bytes,
    width: Int,
    private val littleEndian: Boolean,
) : Lanes(width, if (width == 0) 0 else bytes.size / width) {
    override fun bits(index: Int): Long {
        if (index < 0 || index >= count) throw IndexOutOfBoundsException("Element $index of $count")
        val first = bytes.offset + index * width
        var bits = 0L
        if (littleEndian) {
            for (i in first + width - 1 downTo first) bits = (bits shl 8) or (bytes.array[i].toLong() and 0xff)
        } else {
            for (i in first until first + width) bits = (bits shl 8) or (bytes.array[i].toLong() and 0xff)
        }
        return bits
    }

    override fun copyBytes(
        target: ByteArray,
        offset: Int,
    ) {
        bytes.copyInto(target, offset)
    }
}
