package io.hypha.rpc.benchmarks.codec;

import io.hypha.rpc.value.MsgPack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.core.MessageUnpacker;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * A record of 200 bytes through the value room, which arguments and results go through: without a type (what has an
 * {@code _rtype} is recognised), and with one. The typed reader of msgpack-core is written by hand for this one class.
 */
public class Record extends Settings {
    private static final MsgPack FORMAT = MsgPack.Companion.getDefault();
    private final byte[] encoded = FORMAT.encodeToByteArray(Reading.Companion.serializer(), Reading.SAMPLE);
    private final Object tree = FORMAT.decodeFromByteArray(Reading.ANYTHING, encoded);

    @Benchmark
    public byte[] encodeHypha() {
        return FORMAT.encodeToByteArray(Reading.ANYTHING, tree);
    }

    @Benchmark
    public byte[] encodeCore() throws IOException {
        return core.encode(tree);
    }

    @Benchmark
    public Object decodeHypha() {
        return FORMAT.decodeFromByteArray(Reading.ANYTHING, encoded);
    }

    @Benchmark
    public Object decodeCore() throws IOException {
        return CoreCodec.read(core.unpacker(encoded));
    }

    @Benchmark
    public Reading decodeTypedHypha() {
        return FORMAT.decodeFromByteArray(Reading.Companion.serializer(), encoded);
    }

    @Benchmark
    public Reading decodeTypedCore() throws IOException {
        MessageUnpacker from = core.unpacker(encoded);
        String sensor = null;
        String location = null;
        long sequence = 0;
        boolean isValid = false;
        double temperature = 0;
        double pressure = 0;
        List<Integer> samples = null;
        String remark = null;
        Map<String, String> labels = null;
        int fields = from.unpackMapHeader();
        for (int i = 0; i < fields; i++) {
            switch (from.unpackString()) {
                case "sensor":
                    sensor = from.unpackString();
                    break;
                case "location":
                    location = from.unpackString();
                    break;
                case "sequence":
                    sequence = from.unpackLong();
                    break;
                case "isValid":
                    isValid = from.unpackBoolean();
                    break;
                case "temperature":
                    temperature = from.unpackDouble();
                    break;
                case "pressure":
                    pressure = from.unpackDouble();
                    break;
                case "samples":
                    samples = samples(from);
                    break;
                case "remark":
                    remark = from.tryUnpackNil() ? null : from.unpackString();
                    break;
                case "labels":
                    labels = labels(from);
                    break;
                default:
                    from.skipValue();
            }
        }
        return new Reading(sensor, location, sequence, isValid, temperature, pressure, samples, remark, labels);
    }

    private static List<Integer> samples(MessageUnpacker from) throws IOException {
        int count = from.unpackArrayHeader();
        List<Integer> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(from.unpackInt());
        }
        return list;
    }

    private static Map<String, String> labels(MessageUnpacker from) throws IOException {
        int count = from.unpackMapHeader();
        Map<String, String> map = new LinkedHashMap<>(count * 4 / 3 + 1);
        for (int i = 0; i < count; i++) {
            map.put(from.unpackString(), from.unpackString());
        }
        return map;
    }
}
