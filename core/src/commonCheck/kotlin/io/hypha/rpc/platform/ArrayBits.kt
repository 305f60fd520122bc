package io.hypha.rpc.platform

internal expect object ArrayBits {
    /** Writes [count] elements of [source] from [sourceIndex] as 2 bytes each to [target] at [targetOffset]. */
    fun copy(
        source: ShortArray,
        sourceIndex: Int,
        count: Int,
        target: ByteArray,
        targetOffset: Int,
        littleEndian: Boolean,
    )

    /** Reads [count] elements of 2 bytes each from [source] at [sourceOffset] into [target] from [targetIndex]. */
    fun copy(
        source: ByteArray,
        sourceOffset: Int,
        count: Int,
        target: ShortArray,
        targetIndex: Int,
        littleEndian: Boolean,
    )

    /** Writes [count] elements of [source] from [sourceIndex] as 4 bytes each to [target] at [targetOffset]. */
    fun copy(
        source: IntArray,
        sourceIndex: Int,
        count: Int,
        target: ByteArray,
        targetOffset: Int,
        littleEndian: Boolean,
    )

    /** Reads [count] elements of 4 bytes each from [source] at [sourceOffset] into [target] from [targetIndex]. */
    fun copy(
        source: ByteArray,
        sourceOffset: Int,
        count: Int,
        target: IntArray,
        targetIndex: Int,
        littleEndian: Boolean,
    )

    /** Writes [count] elements of [source] from [sourceIndex] as 8 bytes each to [target] at [targetOffset]. */
    fun copy(
        source: LongArray,
        sourceIndex: Int,
        count: Int,
        target: ByteArray,
        targetOffset: Int,
        littleEndian: Boolean,
    )

    /** Reads [count] elements of 8 bytes each from [source] at [sourceOffset] into [target] from [targetIndex]. */
    fun copy(
        source: ByteArray,
        sourceOffset: Int,
        count: Int,
        target: LongArray,
        targetIndex: Int,
        littleEndian: Boolean,
    )

    /** Writes [count] elements of [source] from [sourceIndex] as 4 bytes each to [target] at [targetOffset]. */
    fun copy(
        source: FloatArray,
        sourceIndex: Int,
        count: Int,
        target: ByteArray,
        targetOffset: Int,
        littleEndian: Boolean,
    )

    /** Reads [count] elements of 4 bytes each from [source] at [sourceOffset] into [target] from [targetIndex]. */
    fun copy(
        source: ByteArray,
        sourceOffset: Int,
        count: Int,
        target: FloatArray,
        targetIndex: Int,
        littleEndian: Boolean,
    )

    /** Writes [count] elements of [source] from [sourceIndex] as 8 bytes each to [target] at [targetOffset]. */
    fun copy(
        source: DoubleArray,
        sourceIndex: Int,
        count: Int,
        target: ByteArray,
        targetOffset: Int,
        littleEndian: Boolean,
    )

    /** Reads [count] elements of 8 bytes each from [source] at [sourceOffset] into [target] from [targetIndex]. */
    fun copy(
        source: ByteArray,
        sourceOffset: Int,
        count: Int,
        target: DoubleArray,
        targetIndex: Int,
        littleEndian: Boolean,
    )
}
