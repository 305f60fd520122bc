package io.hypha.rpc.java.shapes;

import io.hypha.rpc.java.NDArrays;
import io.hypha.rpc.value.DType;
import io.hypha.rpc.value.NDArray;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Compiled, never run: every way to make an array, and to look into one. */
final class ArrayShapes {
    private ArrayShapes() {}

    static List<NDArray> make() {
        return Arrays.asList(
                NDArrays.of(DType.Float32, ByteBuffer.allocate(8), 2),
                NDArrays.of(DType.UInt8, new byte[2], 1, 2),
                NDArrays.ofUnsigned(new byte[2], 2),
                NDArrays.ofUnsigned(new short[2], 2),
                NDArrays.ofUnsigned(new int[2], 2),
                NDArrays.ofUnsigned(new long[2], 2));
    }

    static List<Buffer> view(NDArray array) {
        return Arrays.asList(
                NDArrays.floatBuffer(array),
                NDArrays.doubleBuffer(array),
                NDArrays.shortBuffer(array),
                NDArrays.intBuffer(array),
                NDArrays.longBuffer(array),
                NDArrays.byteBuffer(array));
    }

    static void copy(NDArray array) {
        int[] shape = NDArrays.shape(array);
        Object first = NDArrays.get(array, 0, 0);
        byte[] bytes = NDArrays.toBytes(array);
        short[] shorts = NDArrays.toUnsignedShorts(array);
        int[] ints = NDArrays.toUnsignedInts(array);
        long[] longs = NDArrays.toUnsignedLongs(array);
        ByteOrder order = NDArrays.byteOrder(array.getDtype());
    }
}
