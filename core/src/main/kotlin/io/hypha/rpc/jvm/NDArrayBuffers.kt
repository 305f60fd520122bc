@file:JvmName("NDArrayBuffers")

package io.hypha.rpc.jvm

import io.hypha.rpc.value.ByteLanes
import io.hypha.rpc.value.DType
import io.hypha.rpc.value.DTypeKind
import io.hypha.rpc.value.DoubleLanes
import io.hypha.rpc.value.FloatLanes
import io.hypha.rpc.value.IntLanes
import io.hypha.rpc.value.LongLanes
import io.hypha.rpc.value.NDArray
import io.hypha.rpc.value.ShortLanes
import io.hypha.rpc.value.SliceLanes
import io.hypha.rpc.wire.Bytes
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.DoubleBuffer
import java.nio.FloatBuffer
import java.nio.IntBuffer
import java.nio.LongBuffer
import java.nio.ShortBuffer

// Read-only views of arrays for libraries that work on buffers. They copy nothing and have the elements in the order of memory,
// which is row-major for all but local arrays that were made column-major.

/** The elements of a `float32` array, or the parts of a `complex64` one. */
public fun NDArray.asFloatBuffer(): FloatBuffer {
    require(isOf(Float.SIZE_BYTES, DTypeKind.Float, DTypeKind.Complex)) { "$this has no floats" }
    val lanes = lanes
    if (lanes is FloatLanes) return FloatBuffer.wrap(lanes.array).asReadOnlyBuffer()
    return memory().asFloatBuffer()
}

/** The elements of a `float64` array, or the parts of a `complex128` one. */
public fun NDArray.asDoubleBuffer(): DoubleBuffer {
    require(isOf(Double.SIZE_BYTES, DTypeKind.Float, DTypeKind.Complex)) { "$this has no doubles" }
    val lanes = lanes
    if (lanes is DoubleLanes) return DoubleBuffer.wrap(lanes.array).asReadOnlyBuffer()
    return memory().asDoubleBuffer()
}

/** The elements of an `int16` array; those of `uint16` and `float16` as their bits. */
public fun NDArray.asShortBuffer(): ShortBuffer {
    require(isOf(Short.SIZE_BYTES, DTypeKind.Signed, DTypeKind.Unsigned, DTypeKind.Float)) { "$this has no elements of 16 bits" }
    val lanes = lanes
    if (lanes is ShortLanes) return ShortBuffer.wrap(lanes.array).asReadOnlyBuffer()
    return memory().asShortBuffer()
}

/** The elements of an `int32` array; those of `uint32` as their bits. */
public fun NDArray.asIntBuffer(): IntBuffer {
    require(isOf(Int.SIZE_BYTES, DTypeKind.Signed, DTypeKind.Unsigned)) { "$this has no integers of 32 bits" }
    val lanes = lanes
    if (lanes is IntLanes) return IntBuffer.wrap(lanes.array).asReadOnlyBuffer()
    return memory().asIntBuffer()
}

/** The elements of an `int64` array; those of `uint64` as their bits. */
public fun NDArray.asLongBuffer(): LongBuffer {
    require(isOf(Long.SIZE_BYTES, DTypeKind.Signed, DTypeKind.Unsigned)) { "$this has no integers of 64 bits" }
    val lanes = lanes
    if (lanes is LongLanes) return LongBuffer.wrap(lanes.array).asReadOnlyBuffer()
    return memory().asLongBuffer()
}

/**
 * The bytes of a received array, or of a local one that was made of bytes, with the byte order of the array.
 *
 * @throws IllegalArgumentException for other local arrays, whose bytes do not exist; `toBytes()` makes them.
 */
public fun NDArray.asByteBuffer(): ByteBuffer = memory().slice().order(byteOrder())

/**
 * An array of the [dtype] over the remaining bytes of [buffer], in its byte order; a new `ByteBuffer` is big-endian. The memory of
 * a heap buffer is kept, that of a direct or read-only one copied. The position of the buffer stays as it is.
 *
 * @throws IllegalArgumentException when the bytes do not fit the shape; without a shape there is one dimension.
 */
public fun NDArray.Companion.of(
    dtype: DType,
    buffer: ByteBuffer,
    vararg shape: Int,
): NDArray = ofBytes(dtype.inOrder(buffer.order() == ByteOrder.LITTLE_ENDIAN), remainingBytes(buffer), *shape)

/** The bytes between position and limit, shared when the buffer lets us; the position stays. */
internal fun remainingBytes(buffer: ByteBuffer): Bytes {
    if (buffer.hasArray()) return Bytes(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining())
    return Bytes(ByteArray(buffer.remaining()).also { buffer.duplicate().get(it) })
}

private fun NDArray.isOf(
    laneSize: Int,
    vararg kinds: DTypeKind,
): Boolean = lanes.width == laneSize && dtype.kind in kinds

private fun NDArray.byteOrder(): ByteOrder = if (dtype.isLittleEndian) ByteOrder.LITTLE_ENDIAN else ByteOrder.BIG_ENDIAN

private fun NDArray.memory(): ByteBuffer {
    val bytes =
        when (val lanes = lanes) {
            is SliceLanes -> lanes.bytes
            is ByteLanes -> Bytes(lanes.array)
            else -> throw IllegalArgumentException("The elements of $this are no bytes in memory")
        }
    return ByteBuffer.wrap(bytes.array, bytes.offset, bytes.size).asReadOnlyBuffer().order(byteOrder())
}
