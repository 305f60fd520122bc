package io.hypha.rpc.benchmarks.codec;

import io.hypha.rpc.wire.Bytes;
import io.hypha.rpc.wire.MsgPackReader;
import io.hypha.rpc.wire.MsgPackWriter;
import io.hypha.rpc.wire.PlainValues;
import io.hypha.rpc.wire.WireLimits;

/** Our side: a fresh writer or reader for every message, as calls have them. */
final class HyphaCodec {
    private HyphaCodec() {}

    /** The values, one after the other, in one fresh array. */
    static byte[] encode(Object... values) {
        MsgPackWriter writer = new MsgPackWriter(256);
        for (Object value : values) {
            PlainValues.INSTANCE.write(writer, value);
        }
        return writer.finish().toByteArray();
    }

    static MsgPackReader reader(byte[] bytes) {
        return new MsgPackReader(new Bytes(bytes), WireLimits.Default);
    }

    /** The next value of {@code from}, whatever it is. */
    static Object read(MsgPackReader from) {
        return PlainValues.INSTANCE.read(from);
    }
}
