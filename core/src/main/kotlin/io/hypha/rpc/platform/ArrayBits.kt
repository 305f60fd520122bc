package io.hypha.rpc.platform

import java.nio.ByteBuffer
import java.nio.ByteOrder

/**
 * Bulk copies between arrays of numbers and their bytes in either byte order; the bits stay as they are, those of NaN included.
 * Ranges that do not lie in their arrays are an `IndexOutOfBoundsException`.
 */
internal object ArrayBits {
    /** Writes [count] elements of [source] from [sourceIndex] as 2 bytes each to [target] at [targetOffset]. */
    fun copy(
        source: ShortArray,
        sourceIndex: Int,
        count: Int,
        target: ByteArray,
        targetOffset: Int,
        littleEndian: Boolean,
    ) {
        view(target, targetOffset, count, 2, littleEndian).asShortBuffer().put(source, sourceIndex, count)
    }

    /** Reads [count] elements of 2 bytes each from [source] at [sourceOffset] into [target] from [targetIndex]. */
    fun copy(
        source: ByteArray,
        sourceOffset: Int,
        count: Int,
        target: ShortArray,
        targetIndex: Int,
        littleEndian: Boolean,
    ) {
        view(source, sourceOffset, count, 2, littleEndian).asShortBuffer().get(target, targetIndex, count)
    }

    /** Writes [count] elements of [source] from [sourceIndex] as 4 bytes each to [target] at [targetOffset]. */
    fun copy(
        source: IntArray,
        sourceIndex: Int,
        count: Int,
        target: ByteArray,
        targetOffset: Int,
        littleEndian: Boolean,
    ) {
        view(target, targetOffset, count, 4, littleEndian).asIntBuffer().put(source, sourceIndex, count)
    }

    /** Reads [count] elements of 4 bytes each from [source] at [sourceOffset] into [target] from [targetIndex]. */
    fun copy(
        source: ByteArray,
        sourceOffset: Int,
        count: Int,
        target: IntArray,
        targetIndex: Int,
        littleEndian: Boolean,
    ) {
        view(source, sourceOffset, count, 4, littleEndian).asIntBuffer().get(target, targetIndex, count)
    }

    /** Writes [count] elements of [source] from [sourceIndex] as 8 bytes each to [target] at [targetOffset]. */
    fun copy(
        source: LongArray,
        sourceIndex: Int,
        count: Int,
        target: ByteArray,
        targetOffset: Int,
        littleEndian: Boolean,
    ) {
        view(target, targetOffset, count, 8, littleEndian).asLongBuffer().put(source, sourceIndex, count)
    }

    /** Reads [count] elements of 8 bytes each from [source] at [sourceOffset] into [target] from [targetIndex]. */
    fun copy(
        source: ByteArray,
        sourceOffset: Int,
        count: Int,
        target: LongArray,
        targetIndex: Int,
        littleEndian: Boolean,
    ) {
        view(source, sourceOffset, count, 8, littleEndian).asLongBuffer().get(target, targetIndex, count)
    }

    /** Writes [count] elements of [source] from [sourceIndex] as 4 bytes each to [target] at [targetOffset]. */
    fun copy(
        source: FloatArray,
        sourceIndex: Int,
        count: Int,
        target: ByteArray,
        targetOffset: Int,
        littleEndian: Boolean,
    ) {
        view(target, targetOffset, count, 4, littleEndian).asFloatBuffer().put(source, sourceIndex, count)
    }

    /** Reads [count] elements of 4 bytes each from [source] at [sourceOffset] into [target] from [targetIndex]. */
    fun copy(
        source: ByteArray,
        sourceOffset: Int,
        count: Int,
        target: FloatArray,
        targetIndex: Int,
        littleEndian: Boolean,
    ) {
        view(source, sourceOffset, count, 4, littleEndian).asFloatBuffer().get(target, targetIndex, count)
    }

    /** Writes [count] elements of [source] from [sourceIndex] as 8 bytes each to [target] at [targetOffset]. */
    fun copy(
        source: DoubleArray,
        sourceIndex: Int,
        count: Int,
        target: ByteArray,
        targetOffset: Int,
        littleEndian: Boolean,
    ) {
        view(target, targetOffset, count, 8, littleEndian).asDoubleBuffer().put(source, sourceIndex, count)
    }

    /** Reads [count] elements of 8 bytes each from [source] at [sourceOffset] into [target] from [targetIndex]. */
    fun copy(
        source: ByteArray,
        sourceOffset: Int,
        count: Int,
        target: DoubleArray,
        targetIndex: Int,
        littleEndian: Boolean,
    ) {
        view(source, sourceOffset, count, 8, littleEndian).asDoubleBuffer().get(target, targetIndex, count)
    }

    private fun view(
        array: ByteArray,
        offset: Int,
        count: Int,
        elementSize: Int,
        littleEndian: Boolean,
    ): ByteBuffer =
        ByteBuffer
            .wrap(array, offset, count * elementSize)
            .order(if (littleEndian) ByteOrder.LITTLE_ENDIAN else ByteOrder.BIG_ENDIAN)
}
