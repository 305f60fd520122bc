package io.hypha.rpc.benchmarks.codec;

import io.hypha.rpc.wire.ByteChain;
import io.hypha.rpc.wire.MsgPackWriter;
import io.hypha.rpc.wire.PlainValues;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.core.buffer.MessageBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A map with 16 MiB of bytes in it. {@code gather} yields the message in parts, ready to be sent; {@code encode} one
 * array. What msgpack-core does by default copies the bytes in both directions; the {@code linked} cases are its
 * special calls that do not.
 */
public class Blob extends Settings {
    private static final int SIZE = 16 << 20;
    private final byte[] data = new byte[SIZE];
    private final Map<String, Object> message = new LinkedHashMap<>();
    private final byte[] encoded;

    public Blob() {
        message.put("name", "image");
        message.put("data", data);
        message.put("size", (long) SIZE);
        encoded = HyphaCodec.encode(message);
    }

    @Benchmark
    public ByteChain gatherHypha() {
        MsgPackWriter writer = new MsgPackWriter(256);
        PlainValues.INSTANCE.write(writer, message);
        return writer.finish();
    }

    @Benchmark
    public List<MessageBuffer> gatherCore() throws IOException {
        MessageBufferPacker packer = core.packer;
        packer.clear();
        core.write(message);
        return packer.toBufferList();
    }

    @Benchmark
    public ByteChain gatherLinkedHypha() {
        return gatherHypha();
    }

    @Benchmark
    public List<MessageBuffer> gatherLinkedCore() throws IOException {
        MessageBufferPacker packer = core.packer;
        packer.clear();
        packer.packMapHeader(3);
        packer.packString("name");
        packer.packString("image");
        packer.packString("data");
        packer.packBinaryHeader(data.length);
        packer.addPayload(data);
        packer.packString("size");
        packer.packLong(SIZE);
        return packer.toBufferList();
    }

    @Benchmark
    public byte[] encodeHypha() {
        return HyphaCodec.encode(message);
    }

    @Benchmark
    public byte[] encodeCore() throws IOException {
        return core.encode(message);
    }

    @Benchmark
    public Object decodeHypha() {
        return HyphaCodec.read(HyphaCodec.reader(encoded));
    }

    @Benchmark
    public Object decodeCore() throws IOException {
        return CoreCodec.read(core.unpacker(encoded));
    }

    @Benchmark
    public Object decodeLinkedHypha() {
        return decodeHypha();
    }

    @Benchmark
    public void decodeLinkedCore(Blackhole blackhole) throws IOException {
        MessageUnpacker from = core.unpacker(encoded);
        Map<String, Object> map = new LinkedHashMap<>();
        from.unpackMapHeader();
        map.put(from.unpackString(), from.unpackString());
        map.put(from.unpackString(), from.readPayloadAsReference(from.unpackBinaryHeader()));
        map.put(from.unpackString(), from.unpackLong());
        blackhole.consume(map);
    }
}
