package io.hypha.rpc.benchmarks.codec;

import io.hypha.rpc.value.MsgPack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import kotlinx.serialization.KSerializer;
import kotlinx.serialization.builtins.BuiltinSerializersKt;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * A {@code double[100000]}. {@code encode} and {@code decode} use the form in which arrays travel, bytes with a shape
 * and a dtype, against the same bytes by hand with the bulk copies of {@code ByteBuffer}; {@code decodeList} reads the
 * 900 kB of a plain list into the array.
 */
public class DoubleArray extends Settings {
    private static final MsgPack FORMAT = MsgPack.Companion.getDefault();
    private static final KSerializer<double[]> DOUBLES = BuiltinSerializersKt.DoubleArraySerializer();
    private final double[] array = new double[100_000];
    private final byte[] encoded;
    private final byte[] list;

    public DoubleArray() {
        Arrays.setAll(array, i -> i * 0.37);
        encoded = FORMAT.encodeToByteArray(DOUBLES, array);
        Object[] boxed = new Object[array.length];
        Arrays.setAll(boxed, i -> array[i]);
        list = HyphaCodec.encode(Arrays.asList(boxed));
    }

    @Benchmark
    public byte[] encodeHypha() {
        return FORMAT.encodeToByteArray(DOUBLES, array);
    }

    @Benchmark
    public byte[] encodeCore() throws IOException {
        core.packer.clear();
        MessagePacker packer = core.packer.packMapHeader(4);
        packer.packString("_rtype").packString("ndarray");
        packer.packString("_rvalue").packBinaryHeader(array.length * Double.BYTES);
        byte[] bytes = new byte[array.length * Double.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(array);
        packer.addPayload(bytes);
        packer.packString("_rshape").packArrayHeader(1).packInt(array.length);
        packer.packString("_rdtype").packString("float64");
        return core.packer.toByteArray();
    }

    @Benchmark
    public double[] decodeHypha() {
        return FORMAT.decodeFromByteArray(DOUBLES, encoded);
    }

    @Benchmark
    public double[] decodeCore() throws IOException {
        MessageUnpacker from = core.unpacker(encoded);
        double[] result = null;
        int entries = from.unpackMapHeader();
        for (int i = 0; i < entries; i++) {
            if (from.unpackString().equals("_rvalue")) {
                ByteBuffer bytes =
                        from.readPayloadAsReference(from.unpackBinaryHeader()).sliceAsByteBuffer();
                result = new double[bytes.remaining() / Double.BYTES];
                bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(result);
            } else {
                from.skipValue();
            }
        }
        return result;
    }

    @Benchmark
    public double[] decodeListHypha() {
        return FORMAT.decodeFromByteArray(DOUBLES, list);
    }

    @Benchmark
    public double[] decodeListCore() throws IOException {
        MessageUnpacker from = core.unpacker(list);
        double[] result = new double[from.unpackArrayHeader()];
        for (int i = 0; i < result.length; i++) {
            result[i] = from.unpackDouble();
        }
        return result;
    }
}
