package io.hypha.rpc.java;

import io.hypha.rpc.jvm.EventThreads;
import io.hypha.rpc.value.Codec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.jvm.functions.Function1;

/**
 * How instances of one class travel, for classes that are neither records nor beans, or that other languages know by a
 * name: as a map with that name under {@code _rtype} (protocol §4.6). Instances are encoded wherever they stand, those
 * of subclasses included, and maps with the name are decoded wherever they stand. Given to
 * {@link HyphaClientBuilder#codec}. Immutable; encoder and decoder must be safe for several threads.
 *
 * <pre>{@code
 * HyphaCodec.of("point", Point.class,
 *         point -> Map.of("x", point.getX(), "y", point.getY()),
 *         map -> new Point((Double) map.get("x"), (Double) map.get("y")));
 * }</pre>
 *
 * @param <T> the class.
 */
public final class HyphaCodec<T> {
    private final String name;
    private final Class<T> type;
    private final ValueEncoder<? super T> encoder;
    private final ValueDecoder<? extends T> decoder;

    private HyphaCodec(String name, Class<T> type, ValueEncoder<? super T> encoder, ValueDecoder<? extends T> decoder) {
        this.name = Objects.requireNonNull(name, "name");
        this.type = Objects.requireNonNull(type, "type");
        this.encoder = encoder;
        this.decoder = decoder;
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a codec needs a name, which becomes the _rtype");
        }
        if (type.isPrimitive()) {
            throw new IllegalArgumentException("a codec is for a class, not for " + type);
        }
    }

    /**
     * A codec for both directions.
     *
     * @param name the {@code _rtype}.
     * @throws IllegalArgumentException when the name is empty.
     */
    public static <T> HyphaCodec<T> of(
            String name, Class<T> type, ValueEncoder<? super T> encoder, ValueDecoder<? extends T> decoder) {
        return new HyphaCodec<>(
                name, type, Objects.requireNonNull(encoder, "encoder"), Objects.requireNonNull(decoder, "decoder"));
    }

    /** A codec that only encodes: what comes back is a map with the {@code _rtype}. */
    public static <T> HyphaCodec<T> encoding(String name, Class<T> type, ValueEncoder<? super T> encoder) {
        return new HyphaCodec<>(name, type, Objects.requireNonNull(encoder, "encoder"), null);
    }

    /** A codec that only decodes. */
    public static <T> HyphaCodec<T> decoding(String name, Class<T> type, ValueDecoder<? extends T> decoder) {
        return new HyphaCodec<>(name, type, null, Objects.requireNonNull(decoder, "decoder"));
    }

    /** The {@code _rtype}. */
    public String name() {
        return name;
    }

    Codec<T> codec() {
        String place = "the codec '" + name + "'";
        Function1<T, Object> encode = encoder == null
                ? null
                : value -> EventThreads.call(place, () -> unchecked(() -> encoder.encode(value)));
        Function1<Map<String, ?>, T> decode = decoder == null
                ? null
                : map -> EventThreads.call(place, () -> unchecked(() -> decoder.decode(entries(map))));
        return new Codec<>(name, JvmClassMappingKt.getKotlinClass(type), encode, decode);
    }

    private static Map<String, Object> entries(Map<String, ?> received) {
        Map<String, Object> entries = new LinkedHashMap<>();
        received.forEach((key, value) -> entries.put(key, Values.toJava(value)));
        return entries;
    }

    private interface Code<R> {
        R run() throws Exception;
    }

    /** Lets checked exceptions through to where every exception of a codec is turned into an error of the value. */
    @SuppressWarnings("unchecked") // Erased: nothing is cast.
    private static <R, E extends Exception> R unchecked(Code<R> code) throws E {
        try {
            return code.run();
        } catch (Exception e) {
            throw (E) e;
        }
    }

    @Override
    public String toString() {
        return "HyphaCodec(" + name + ")";
    }
}
