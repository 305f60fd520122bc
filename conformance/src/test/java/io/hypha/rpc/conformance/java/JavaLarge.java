package io.hypha.rpc.conformance.java;

import static io.hypha.rpc.conformance.java.JavaProvider.map;

import io.hypha.rpc.conformance.provider.PatternKt;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.ServiceDefinitionBuilder;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;

/** The functions of {@code provider/large.mjs} and {@code provider/streams.mjs} in Java. */
final class JavaLarge {
    private JavaLarge() {}

    static void define(ServiceDefinitionBuilder service) {
        service.function("slow", Param.of("ms", Integer.class), JavaLarge::slow)
                .function("big", Param.of("size", Integer.class), JavaLarge::big)
                .function("bigArray", Param.of("length", Integer.class), JavaLarge::bigArray)
                .function(
                        "checksum",
                        Param.of("bytes", byte[].class),
                        bytes -> map("type", "byte[]", "size", bytes.length, "sha256", PatternKt.sha256(bytes)))
                .function("readStream", Param.of("file", InputStream.class), InputStream::readAllBytes)
                .function("openStream", Param.of("bytes", byte[].class), ByteArrayInputStream::new);
    }

    private static int slow(int milliseconds) throws InterruptedException {
        Thread.sleep(milliseconds);
        return milliseconds;
    }

    private static Map<String, Object> big(int size) {
        byte[] data = PatternKt.patternBytes(size);
        return map("data", data, "size", size, "sha256", PatternKt.sha256(data));
    }

    private static Map<String, Object> bigArray(int length) {
        double[] data = PatternKt.patternFloats(length);
        return map("data", data, "length", length, "sha256", PatternKt.sha256(PatternKt.littleEndian(data)));
    }
}
