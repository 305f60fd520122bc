package io.hypha.rpc.java;

import io.hypha.rpc.jvm.NDArrayBuffers;
import io.hypha.rpc.value.DType;
import io.hypha.rpc.value.NDArray;
import io.hypha.rpc.wire.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.List;

/**
 * Arrays of numbers from buffers and from arrays of unsigned numbers, and the reverse. What has a type of Java's own
 * needs no help: {@code NDArray.of(floats, 480, 640)}, {@code array.getDouble(1, 2)}, {@code array.toFloatArray()}.
 *
 * <p>A shape is the size along each dimension, the one that runs slowest first; without one the array has one
 * dimension. Arrays that are given are kept, not copied: do not change them before the message has been sent. The
 * buffers that come out are read-only views of the memory of the array, in its order, which is row by row unless the
 * array was made by {@link NDArray#asFortran()}.
 */
public final class NDArrays {
    private NDArrays() {}

    /**
     * Elements of any type from the remaining bytes of a buffer, in the byte order of the buffer; that of a new
     * {@code ByteBuffer} is big-endian. The memory of a heap buffer is kept, that of a direct or read-only one copied.
     * The position of the buffer stays.
     *
     * @throws IllegalArgumentException when the bytes do not fit the shape.
     */
    public static NDArray of(DType dtype, ByteBuffer buffer, int... shape) {
        return NDArrayBuffers.of(NDArray.Companion, dtype, buffer, shape);
    }

    /**
     * Elements of any type from their bytes, in the byte order of the type, which is little-endian for the constants of
     * {@link DType}.
     *
     * @throws IllegalArgumentException when the bytes do not fit the shape.
     */
    public static NDArray of(DType dtype, byte[] bytes, int... shape) {
        return NDArray.ofBytes(dtype, new Bytes(bytes, 0, bytes.length), shape);
    }

    /** {@code uint8}, such as pixels: {@code (byte) 255} is 255. */
    public static NDArray ofUnsigned(byte[] bits, int... shape) {
        return NDArray.of(bits, shape).reinterpret(DType.UInt8);
    }

    /** {@code uint16}, such as the pixels of a camera: {@code (short) 65535} is 65535. */
    public static NDArray ofUnsigned(short[] bits, int... shape) {
        return NDArray.of(bits, shape).reinterpret(DType.UInt16);
    }

    /** {@code uint32}: {@code -1} is 4294967295. */
    public static NDArray ofUnsigned(int[] bits, int... shape) {
        return NDArray.of(bits, shape).reinterpret(DType.UInt32);
    }

    /** {@code uint64}: {@code -1L} is 18446744073709551615. */
    public static NDArray ofUnsigned(long[] bits, int... shape) {
        return NDArray.of(bits, shape).reinterpret(DType.UInt64);
    }

    /** The size along each dimension, as a new array; {@code array.getShape()} is the same as a list. */
    public static int[] shape(NDArray array) {
        List<Integer> shape = array.getShape();
        int[] sizes = new int[shape.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = shape.get(i);
        }
        return sizes;
    }

    /**
     * The element at an index, one number for each dimension: {@code Long} ({@code BigInteger} when it is larger),
     * {@code Double}, {@code Boolean} or {@link io.hypha.rpc.value.Complex}.
     *
     * @throws IndexOutOfBoundsException when there is no such element.
     */
    public static Object get(NDArray array, int... index) {
        return Values.toJava(array.get(index));
    }

    /**
     * A view of a {@code float32} array, or of the parts of a {@code complex64} one.
     *
     * @throws IllegalArgumentException when it has other elements.
     */
    public static FloatBuffer floatBuffer(NDArray array) {
        return NDArrayBuffers.asFloatBuffer(array);
    }

    /**
     * A view of a {@code float64} array, or of the parts of a {@code complex128} one.
     *
     * @throws IllegalArgumentException when it has other elements.
     */
    public static DoubleBuffer doubleBuffer(NDArray array) {
        return NDArrayBuffers.asDoubleBuffer(array);
    }

    /**
     * A view of an {@code int16} array, or of the bits of a {@code uint16} or {@code float16} one.
     *
     * @throws IllegalArgumentException when it has other elements.
     */
    public static ShortBuffer shortBuffer(NDArray array) {
        return NDArrayBuffers.asShortBuffer(array);
    }

    /**
     * A view of an {@code int32} array, or of the bits of a {@code uint32} one.
     *
     * @throws IllegalArgumentException when it has other elements.
     */
    public static IntBuffer intBuffer(NDArray array) {
        return NDArrayBuffers.asIntBuffer(array);
    }

    /**
     * A view of an {@code int64} array, or of the bits of a {@code uint64} one.
     *
     * @throws IllegalArgumentException when it has other elements.
     */
    public static LongBuffer longBuffer(NDArray array) {
        return NDArrayBuffers.asLongBuffer(array);
    }

    /**
     * A view of the bytes of a received array, or of one that was made of bytes, in the byte order of the array.
     *
     * @throws IllegalArgumentException for other arrays, whose bytes do not exist; {@link #toBytes} makes them.
     */
    public static ByteBuffer byteBuffer(NDArray array) {
        return NDArrayBuffers.asByteBuffer(array);
    }

    /** A copy of the elements as they are sent: row by row, in the byte order of their type. */
    public static byte[] toBytes(NDArray array) {
        return array.toBytes().toByteArray();
    }

    /**
     * A copy of the bits of a {@code uint16} array, row by row: 65535 is {@code (short) -1}. {@code int16} and
     * {@code float16} are taken as well.
     *
     * @throws IllegalArgumentException when it has other elements.
     */
    public static short[] toUnsignedShorts(NDArray array) {
        ShortBuffer bits = shortBuffer(rows(array));
        short[] copy = new short[bits.remaining()];
        bits.get(copy);
        return copy;
    }

    /**
     * A copy of the bits of a {@code uint32} array, row by row: 4294967295 is -1. {@code int32} is taken as well.
     *
     * @throws IllegalArgumentException when it has other elements.
     */
    public static int[] toUnsignedInts(NDArray array) {
        IntBuffer bits = intBuffer(rows(array));
        int[] copy = new int[bits.remaining()];
        bits.get(copy);
        return copy;
    }

    /**
     * A copy of the bits of a {@code uint64} array, row by row: 18446744073709551615 is -1. {@code int64} is taken as
     * well.
     *
     * @throws IllegalArgumentException when it has other elements.
     */
    public static long[] toUnsignedLongs(NDArray array) {
        LongBuffer bits = longBuffer(rows(array));
        long[] copy = new long[bits.remaining()];
        bits.get(copy);
        return copy;
    }

    /** The same elements, row by row in memory. Their bytes are, and a received array has them already. */
    private static NDArray rows(NDArray array) {
        return NDArray.ofBytes(array.getDtype(), array.toBytes());
    }

    /** The byte order of the elements of a type. */
    public static ByteOrder byteOrder(DType dtype) {
        return dtype.isLittleEndian() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }
}
