package io.hypha.rpc.conformance.java;

import static io.hypha.rpc.conformance.java.JavaProvider.map;
import static java.util.Arrays.asList;
import static java.util.Collections.emptyList;
import static java.util.Collections.emptyMap;
import static java.util.Collections.emptySet;
import static java.util.Collections.singletonList;
import static java.util.Collections.singletonMap;

import io.hypha.rpc.conformance.provider.PatternKt;
import io.hypha.rpc.java.NDArrays;
import io.hypha.rpc.value.NDArray;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The table of values of {@code src/test/js/values}, as a Java program would make each of them. */
final class JavaKinds {
    private static final long MAX_SAFE = (1L << 53) - 1;
    private static final Map<String, Supplier<Object>> ALL = new LinkedHashMap<>();

    private JavaKinds() {}

    static {
        plain();
        numbers();
        bytes();
        arrays();
        collections();
        special();
    }

    static List<String> names() {
        return new ArrayList<>(ALL.keySet());
    }

    static Object make(String kind) {
        return ALL.get(kind).get();
    }

    /** A received value as text that has its contents; JavaScript sends whole doubles as integers. */
    static String describe(Object value) {
        if (value instanceof Number) {
            return String.valueOf(((Number) value).doubleValue() + 0.0);
        } else if (value instanceof byte[]) {
            return Arrays.toString((byte[]) value);
        } else if (value instanceof NDArray) {
            return value + Arrays.toString(((NDArray) value).toBytes().toByteArray());
        } else if (value instanceof Map) {
            return ((Map<?, ?>) value)
                    .entrySet().stream()
                            .map(entry -> describe(entry.getKey()) + "=" + describe(entry.getValue()))
                            .sorted()
                            .collect(Collectors.joining(", ", value.getClass().getSimpleName() + "{", "}"));
        } else if (value instanceof Collection) {
            return ((Collection<?>) value)
                    .stream()
                            .map(JavaKinds::describe)
                            .collect(Collectors.joining(", ", value.getClass().getSimpleName() + "[", "]"));
        }
        return value == null ? "null" : value.getClass().getSimpleName() + " " + value;
    }

    private static void plain() {
        ALL.put("null", () -> null);
        ALL.put("true", () -> true);
        ALL.put("false", () -> Boolean.FALSE);
        ALL.put("empty text", () -> "");
        ALL.put("text", () -> "grüße, 菌丝, 🍄, \u0000 and \"quotes\"");
        ALL.put("long text", () -> "ü🍄x".repeat(20_000));
        ALL.put("empty list", () -> emptyList());
        ALL.put("list", () -> asList(1, "two", asList(3.5, null, singletonList(true)), singletonMap("four", 4)));
        ALL.put("empty map", () -> emptyMap());
        ALL.put(
                "map",
                () -> map("a", 1, "b c", map("d", asList(1, 2, 3)), "", "empty key", "ключ", null, "1", "digit"));
        ALL.put(
                "map with underscored keys",
                () -> map("_private", 1, "_rvalue", 2, "args", singletonList(3), "method", "m", "from", "f"));
        ALL.put("deep list", () -> {
            Object value = "bottom";
            for (int i = 0; i < 50; i++) {
                value = i % 2 == 0 ? new Object[] {value} : singletonMap("in", value);
            }
            return value;
        });
    }

    private static void numbers() {
        List<Object> borders = new ArrayList<>(asList(-MAX_SAFE, -(1L << 31) - 1, Integer.MIN_VALUE, -32769, -32768));
        borders.addAll(asList(-129, -128, -33, (byte) -32, -1, (short) 0, 1, 127, 128, 255, 256, 32768, 65535, 65536));
        borders.addAll(asList(1L << 31, (1L << 32) - 1, 1L << 32, BigInteger.valueOf(MAX_SAFE)));
        ALL.put("integers at borders", () -> borders);
        ALL.put("integer beyond 53 bits", () -> BigInteger.ONE.shiftLeft(60));
        ALL.put("integral double", () -> 3.0);
        ALL.put("double", () -> 0.1);
        ALL.put("double extremes", () -> asList(Double.MAX_VALUE, Double.MIN_VALUE, Math.ulp(1.0), -1e-300, 1.5f));
        ALL.put("nan", () -> Double.NaN);
        ALL.put("infinity", () -> Float.POSITIVE_INFINITY);
        ALL.put("negative infinity", () -> Double.NEGATIVE_INFINITY);
        ALL.put("negative zero", () -> -0.0);
    }

    private static void bytes() {
        ALL.put("empty bytes", () -> new byte[0]);
        ALL.put("bytes", () -> PatternKt.patternBytes(300));
        ALL.put(
                "bytes in a map",
                () -> map(
                        "frames", asList(PatternKt.patternBytes(3), new byte[0]),
                        "meta", map("thumbnail", PatternKt.patternBytes(17))));
    }

    private static void arrays() {
        ALL.put("int16array", () -> new short[] {-32768, -1, 0, 32767});
        ALL.put("uint16array", () -> NDArrays.ofUnsigned(new short[] {0, 1, -1}));
        ALL.put("int32array", () -> new int[] {Integer.MIN_VALUE, 0, Integer.MAX_VALUE});
        ALL.put("float32array", () -> new float[] {0, -0f, 1.5f, Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE});
        ALL.put("float64array", () ->
                new double[] {0, -0.0, 0.1, Double.NaN, Double.NEGATIVE_INFINITY, Double.MAX_VALUE});
        ALL.put("empty float64array", () -> new double[0]);
        ALL.put("ndarray float32", () -> NDArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
        ALL.put("ndarray int64", () -> NDArray.of(new long[] {-1, 1L << 62}, 2));
        ALL.put("ndarray bool", () -> NDArray.of(new boolean[] {true, false, true, true}, 2, 2));
        ALL.put("ndarray without dimensions", () -> NDArray.scalar(2.5));
        ALL.put("ndarray without elements", () -> NDArray.of(new float[0], 0, 3));
    }

    private static void collections() {
        ALL.put("empty set", () -> emptySet());
        ALL.put("set", () -> new LinkedHashSet<>(asList(1, "two", true, null)));
        ALL.put("set of maps", () -> new LinkedHashSet<>(asList(map("a", 1), map("a", 2))));
        ALL.put("orderedmap with other keys", () -> {
            Map<Object, Object> map = new LinkedHashMap<>();
            map.put(1, "one");
            map.put(-2.5, "half");
            map.put(true, "yes");
            map.put("text", null);
            return map;
        });
    }

    private static void special() {
        ALL.put("date", () -> Instant.parse("2024-02-29T12:34:56.789Z"));
        ALL.put("date before 1970", () -> Instant.parse("1912-06-23T00:00:00Z"));
        ALL.put("error", () -> new IllegalArgumentException("out of range"));
        ALL.put(
                "unknown type",
                () -> map("_rtype", "mycelium", "spores", asList(1, map("colour", "white")), "raw", new byte[] {1, 2}));
        ALL.put("unknown type nested", () -> singletonList(map("deep", map("_rtype", "hyphae", "length", 3))));
    }
}
