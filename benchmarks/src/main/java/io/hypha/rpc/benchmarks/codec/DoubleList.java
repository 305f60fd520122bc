package io.hypha.rpc.benchmarks.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;

/** A list of 100,000 boxed doubles, one value after the other: 900 kB. */
public class DoubleList extends Settings {
    private final List<Object> list = new ArrayList<>();
    private final byte[] encoded;

    public DoubleList() {
        for (int i = 0; i < 100_000; i++) {
            list.add(i * 0.37);
        }
        encoded = HyphaCodec.encode(list);
    }

    @Benchmark
    public byte[] encodeHypha() {
        return HyphaCodec.encode(list);
    }

    @Benchmark
    public byte[] encodeCore() throws IOException {
        return core.encode(list);
    }

    @Benchmark
    public Object decodeHypha() {
        return HyphaCodec.read(HyphaCodec.reader(encoded));
    }

    @Benchmark
    public Object decodeCore() throws IOException {
        return CoreCodec.read(core.unpacker(encoded));
    }
}
