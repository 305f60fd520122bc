package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.value.Complex;
import io.hypha.rpc.value.DType;
import io.hypha.rpc.value.DTypeKind;
import io.hypha.rpc.value.NDArray;
import java.math.BigInteger;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NDArraysTest {
    private static final List<DType> ALL = List.of(
            DType.Int8,
            DType.Int16,
            DType.Int32,
            DType.Int64,
            DType.UInt8,
            DType.UInt16,
            DType.UInt32,
            DType.UInt64,
            DType.Float16,
            DType.Float32,
            DType.Float64,
            DType.Bool,
            DType.Complex64,
            DType.Complex128);

    private static TwoClients clients;
    private static HyphaService service;

    @BeforeAll
    static void offer() {
        clients = new TwoClients();
        service = clients.offer(
                TwoClients.open("arrays").function("echo", Param.of("value", Object.class), value -> value));
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    /** The bytes with other bytes around them, in every kind of buffer; the position stands at the first of them. */
    private static List<ByteBuffer> buffers(byte[] bytes, ByteOrder order) {
        byte[] padded = new byte[bytes.length + 5];
        System.arraycopy(bytes, 0, padded, 3, bytes.length);
        List<ByteBuffer> kinds = new ArrayList<>();
        for (ByteBuffer whole : List.of(
                ByteBuffer.wrap(padded),
                ByteBuffer.allocateDirect(padded.length).put(padded))) {
            whole.limit(3 + bytes.length).position(3);
            kinds.add(whole.duplicate().order(order));
            kinds.add(whole.slice().order(order));
            kinds.add(whole.asReadOnlyBuffer().order(order));
        }
        return kinds;
    }

    @Test
    @DisplayName("arrays of every type come from every kind of buffer in both byte orders, and come back from a call")
    void everyTypeAndBuffer() {
        Random random = new Random(42);
        for (DType dtype : ALL) {
            int rows = 1 + random.nextInt(4);
            int columns = 1 + random.nextInt(5);
            byte[] bytes = new byte[rows * columns * dtype.getItemSize()];
            random.nextBytes(bytes);
            if (dtype.equals(DType.Bool)) {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] &= 1;
                }
            }
            for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                for (ByteBuffer buffer : buffers(bytes, order)) {
                    int position = buffer.position();
                    NDArray array = NDArrays.of(dtype, buffer, rows, columns);
                    String clue = dtype + " from " + buffer;
                    assertEquals(position, buffer.position(), clue);
                    assertArrayEquals(new int[] {rows, columns}, NDArrays.shape(array), clue);
                    assertArrayEquals(bytes, NDArrays.toBytes(array), clue);
                    assertEquals(ByteBuffer.wrap(bytes), NDArrays.byteBuffer(array), clue);
                    if (dtype.getItemSize() > 1) {
                        assertEquals(order, NDArrays.byteOrder(array.getDtype()), clue);
                    }
                    checkView(array, ByteBuffer.wrap(bytes).order(order), clue);
                    checkView(array, NDArrays.byteBuffer(array), clue);
                }
                NDArray sent = NDArrays.of(dtype, ByteBuffer.wrap(bytes).order(order), rows, columns);
                NDArray received = service.call("echo", NDArray.class, sent);
                assertEquals(sent, received);
                assertEquals(sent.getDtype(), received.getDtype());
                checkView(received, ByteBuffer.wrap(bytes).order(order), dtype + " received");
            }
        }
    }

    /** The view that fits the elements has those that the bytes have, and cannot be written to. */
    private static void checkView(NDArray array, ByteBuffer bytes, String clue) {
        DType dtype = array.getDtype();
        boolean isFloat = dtype.getKind() == DTypeKind.Float || dtype.getKind() == DTypeKind.Complex;
        int lane = dtype.getKind() == DTypeKind.Complex ? dtype.getItemSize() / 2 : dtype.getItemSize();
        Buffer view;
        if (lane == 2) {
            view = NDArrays.shortBuffer(array);
            assertEquals(bytes.asShortBuffer(), view, clue);
            assertThrows(IllegalArgumentException.class, () -> NDArrays.intBuffer(array));
        } else if (lane == 4 && isFloat) {
            FloatBuffer floats = NDArrays.floatBuffer(array);
            view = floats;
            for (int i = 0; i < floats.remaining(); i++) {
                assertEquals(bytes.asFloatBuffer().get(i), floats.get(i), clue);
            }
            assertThrows(IllegalArgumentException.class, () -> NDArrays.doubleBuffer(array));
        } else if (lane == 8 && isFloat) {
            view = NDArrays.doubleBuffer(array);
            assertEquals(bytes.asDoubleBuffer(), view, clue);
        } else if (lane == 4) {
            view = NDArrays.intBuffer(array);
            assertEquals(bytes.asIntBuffer(), view, clue);
        } else if (lane == 8) {
            view = NDArrays.longBuffer(array);
            assertEquals(bytes.asLongBuffer(), view, clue);
        } else {
            view = NDArrays.byteBuffer(array);
            assertThrows(IllegalArgumentException.class, () -> NDArrays.shortBuffer(array));
        }
        assertTrue(view.isReadOnly(), clue);
    }

    @Test
    @DisplayName("unsigned arrays keep the bits of what they were made of, and their elements are never negative")
    void unsigned() {
        short[] shorts = {0, 1, -1, Short.MIN_VALUE};
        NDArray pixels = NDArrays.ofUnsigned(shorts, 2, 2);
        assertEquals(DType.UInt16, pixels.getDtype());
        assertEquals(65535L, NDArrays.get(pixels, 1, 0));
        assertEquals(65535.0, pixels.getDouble(1, 0));
        NDArray received = service.call("echo", NDArray.class, pixels);
        assertEquals(pixels, received);
        assertArrayEquals(shorts, NDArrays.toUnsignedShorts(received));
        assertArrayEquals(new int[] {0, 1, 65535, 32768}, received.toIntArray());
        assertEquals(255L, NDArrays.get(NDArrays.ofUnsigned(new byte[] {-1}), 0));
        NDArray ints = NDArrays.ofUnsigned(new int[] {-1, 5});
        assertEquals(4294967295L, NDArrays.get(ints, 0));
        assertArrayEquals(new int[] {-1, 5}, NDArrays.toUnsignedInts(service.call("echo", NDArray.class, ints)));
        NDArray longs = NDArrays.ofUnsigned(new long[] {-1, 5});
        assertEquals(new BigInteger("18446744073709551615"), NDArrays.get(longs, 0));
        assertEquals(5L, NDArrays.get(longs, 1));
        assertArrayEquals(new long[] {-1, 5}, NDArrays.toUnsignedLongs(service.call("echo", NDArray.class, longs)));
    }

    @Test
    @DisplayName("copies are row by row, also of an array whose columns come first")
    void columnsFirst() {
        NDArray columns =
                NDArrays.ofUnsigned(new short[] {1, 2, 3, 4, 5, 6}, 2, 3).asFortran();
        assertArrayEquals(new short[] {1, 3, 5, 2, 4, 6}, NDArrays.toUnsignedShorts(columns));
        assertEquals(5L, NDArrays.get(columns, 0, 2));
        assertEquals(columns, service.call("echo", NDArray.class, columns));
        assertArrayEquals(new int[] {3, 2}, NDArrays.shape(columns.reshape(3, 2)));
    }

    @Test
    @DisplayName("elements are the numbers of Java, and scalars have no dimension")
    void elements() {
        assertEquals(1.5, NDArrays.get(NDArray.of(new float[] {1.5f}), 0));
        assertEquals(true, NDArrays.get(NDArray.of(new boolean[] {true}), 0));
        assertEquals(new Complex(1, 2), NDArrays.get(NDArray.ofComplex(new double[] {1, 2}), 0));
        assertArrayEquals(new int[0], NDArrays.shape(NDArray.scalar(1L)));
        assertEquals(1L, NDArrays.get(NDArray.scalar(1L)));
        assertThrows(IndexOutOfBoundsException.class, () -> NDArrays.get(NDArray.scalar(1L), 0));
    }

    @Test
    @DisplayName("bytes that do not fit the shape are refused")
    void misfits() {
        ByteBuffer buffer = ByteBuffer.allocate(7);
        assertThrows(IllegalArgumentException.class, () -> NDArrays.of(DType.Float32, buffer));
        assertThrows(IllegalArgumentException.class, () -> NDArrays.of(DType.UInt8, buffer, 2, 3));
        assertThrows(IllegalArgumentException.class, () -> NDArrays.of(DType.UInt8, new byte[4], 3));
        assertThrows(IllegalArgumentException.class, () -> NDArrays.ofUnsigned(new short[4], 5));
        assertThrows(IllegalArgumentException.class, () -> NDArrays.toUnsignedShorts(NDArray.of(new int[] {1})));
    }
}
