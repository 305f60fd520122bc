package io.hypha.rpc.benchmarks.codec;

import io.hypha.rpc.wire.MsgPackReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.core.MessageUnpacker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.infra.Blackhole;

/** A small call as it stands on the wire: two maps, 200 bytes. */
public class CallMessage extends Settings {
    private final Map<String, Object> routing = new LinkedHashMap<>();
    private final Map<String, Object> payload = new LinkedHashMap<>();
    private final byte[] encoded;

    public CallMessage() {
        routing.put("type", "method");
        routing.put("from", "ws-user-anonymouz-stately-tern/caller-01");
        routing.put("to", "ws-user-anonymouz-stately-tern/provider");
        routing.put("method", "services.hello-world.hello");
        routing.put("session", "Xq3vTz0aPLmK1w42");
        payload.put("args", List.of("a microscope", 42L, 3.5, true));
        payload.put("promise", "*");
        payload.put("t", 15.0);
        encoded = HyphaCodec.encode(routing, payload);
        try {
            if (!Arrays.equals(encoded, core.encode(routing, payload))) {
                throw new IllegalStateException("The two encoders disagree");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public byte[] encodeHypha() {
        return HyphaCodec.encode(routing, payload);
    }

    @Benchmark
    public byte[] encodeCore() throws IOException {
        return core.encode(routing, payload);
    }

    @Benchmark
    public void decodeHypha(Blackhole blackhole) {
        MsgPackReader reader = HyphaCodec.reader(encoded);
        blackhole.consume(HyphaCodec.read(reader));
        blackhole.consume(HyphaCodec.read(reader));
    }

    @Benchmark
    public void decodeCore(Blackhole blackhole) throws IOException {
        MessageUnpacker unpacker = core.unpacker(encoded);
        blackhole.consume(CoreCodec.read(unpacker));
        blackhole.consume(CoreCodec.read(unpacker));
    }
}
