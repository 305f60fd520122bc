package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hypha.rpc.EncodingException;
import io.hypha.rpc.value.NDArray;
import io.hypha.rpc.value.OrderedMap;
import io.hypha.rpc.value.RemoteError;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** The tables of the section "Java" of {@code docs/values.md}, row by row. */
class JavaValuesTableTest {
    record Point(int x, int y) {}

    static final class Token {
        final String text;

        Token(String text) {
            this.text = text;
        }
    }

    private static TwoClients clients;
    private static HyphaClient caller;
    private static HyphaService service;

    @BeforeAll
    static void offer() {
        clients = new TwoClients();
        String id = clients.provider
                .registerService(TwoClients.open("table")
                        .function("echo", Param.of("value", Object.class), value -> value)
                        .function("size", Param.of("file", InputStream.class), file -> file.readAllBytes().length)
                        .function("file", () -> new ByteArrayInputStream(new byte[] {1, 2}))
                        .function("numbers", () -> List.of(1, 2).iterator())
                        .function(
                                "ask",
                                Param.of("function", HyphaFunction.class),
                                function -> function.call(Integer.class, 5))
                        .build())
                .getId();
        caller = Hypha.builder(clients.hub.getUrl())
                .codec(HyphaCodec.of(
                        "token",
                        Token.class,
                        token -> Map.of("text", token.text),
                        map -> new Token((String) map.get("text"))))
                .connect();
        service = caller.getService(id);
    }

    @AfterAll
    static void close() {
        caller.close();
        clients.close();
    }

    private static final class Rows {
        final Map<String, Executable> checks = new LinkedHashMap<>();

        void row(String name, Executable check) {
            checks.put(name, check);
        }

        Stream<DynamicTest> tests(String head) throws Exception {
            assertEquals(
                    new ArrayList<>(DocumentedTable.read("values.md", head).keySet()),
                    new ArrayList<>(checks.keySet()));
            return checks.entrySet().stream().map(row -> DynamicTest.dynamicTest(row.getKey(), row.getValue()));
        }
    }

    /** What a value is to a receiver that asks for nothing in particular; lists and sets differ. */
    private static void sent(Object value, Object form) {
        Object received = service.call("echo", Object.class, value);
        assertEquals(form == null ? null : form.getClass(), received == null ? null : received.getClass());
        if (form instanceof byte[]) {
            assertArrayEquals((byte[]) form, (byte[]) received);
        } else {
            assertEquals(form, received);
        }
    }

    private static <T> void fits(Class<T> type, Object form, T value) {
        T received = service.call("echo", type, form);
        if (type.isArray()) {
            assertEquals(Arrays.deepToString(new Object[] {value}), Arrays.deepToString(new Object[] {received}));
        } else {
            assertEquals(value, received);
        }
    }

    private static <T> void fits(TypeRef<T> type, Object form, T value) {
        assertEquals(value, service.call("echo", type, form));
    }

    private static void refuses(Class<?> type, Object... forms) {
        for (Object form : forms) {
            assertThrows(EncodingException.class, () -> service.call("echo", type, form), type + " of " + form);
        }
    }

    private static List<Object> list(Object... elements) {
        return new ArrayList<>(Arrays.asList(elements));
    }

    private static Map<Object, Object> map(Object key, Object value) {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }

    @TestFactory
    @DisplayName("every value is sent in the form that the table says")
    Stream<DynamicTest> writing() throws Exception {
        Rows rows = new Rows();
        rows.row("`null`, an empty `Optional`, `OptionalInt`, `OptionalLong` or `OptionalDouble`", () -> {
            sent(null, null);
            sent(Optional.empty(), null);
            sent(OptionalInt.empty(), null);
            sent(OptionalLong.empty(), null);
            sent(OptionalDouble.empty(), null);
        });
        rows.row("a full `Optional` and its kin", () -> {
            sent(Optional.of(Set.of(1)), new LinkedHashSet<>(Set.of(1L)));
            sent(OptionalInt.of(1), 1L);
            sent(OptionalLong.of(1), 1L);
            sent(OptionalDouble.of(1), 1.0);
        });
        rows.row("`Boolean`; `String` and every other `CharSequence`", () -> {
            sent(true, true);
            sent("a", "a");
            sent(new StringBuilder("a"), "a");
        });
        rows.row("`Character`, enum constant", () -> {
            sent('a', "a");
            sent(TimeUnit.DAYS, "DAYS");
        });
        rows.row("`Byte`, `Short`, `Integer`, `Long`, `BigInteger` of up to 64 bits", () -> {
            sent((byte) -1, -1L);
            sent((short) -1, -1L);
            sent(-1, -1L);
            sent(Long.MIN_VALUE, Long.MIN_VALUE);
            sent(BigInteger.TEN, 10L);
            sent(BigInteger.ONE.shiftLeft(63), BigInteger.ONE.shiftLeft(63));
            refuses(Object.class, BigInteger.ONE.shiftLeft(64));
        });
        rows.row("`Float`, `Double`", () -> {
            sent(0.5f, 0.5);
            sent(0.1, 0.1);
        });
        rows.row("`byte[]`; `ByteBuffer`", () -> {
            sent(new byte[] {1}, new byte[] {1});
            sent(ByteBuffer.wrap(new byte[] {1, 2}, 1, 1), new byte[] {2});
        });
        rows.row("`float[]`, `double[]`, `int[]`, `short[]`", () -> {
            sent(new float[] {1}, NDArray.of(new float[] {1}));
            sent(new double[] {1}, NDArray.of(new double[] {1}));
            sent(new int[] {1}, NDArray.of(new int[] {1}));
            sent(new short[] {1}, NDArray.of(new short[] {1}));
        });
        rows.row("`long[]`, `boolean[]`, `NDArray`", () -> {
            sent(new long[] {1}, NDArray.of(new long[] {1}));
            sent(new boolean[] {true}, NDArray.of(new boolean[] {true}));
            sent(NDArray.of(new int[] {1, 2}, 2, 1), NDArray.of(new int[] {1, 2}, 2, 1));
        });
        rows.row("`List` and other collections, arrays of objects, `char[]`, an `Iterable` of your own", () -> {
            sent(List.of(1, 2), list(1L, 2L));
            sent(new ArrayDeque<>(List.of(1)), list(1L));
            sent(new String[] {"a"}, list("a"));
            sent(new int[][] {{1}}, list(NDArray.of(new int[] {1})));
            sent(new char[] {'a'}, list("a"));
            sent(new BeansTest.Team(), list("a", "b"));
        });
        rows.row("`Set`", () -> sent(Set.of("a"), new LinkedHashSet<>(Set.of("a"))));
        rows.row("`Map` with keys of text", () -> {
            sent(Map.of("a", 1), map("a", 1L));
            sent(Map.of('a', 1), map("a", 1L));
            sent(Map.of(TimeUnit.DAYS, 1), map("DAYS", 1L));
        });
        rows.row("`Map` with other keys", () -> sent(Map.of(1, "a"), new OrderedMap(map(1L, "a"))));
        rows.row("`Instant`, `Date`; `Duration`", () -> {
            sent(Instant.ofEpochSecond(1), "1970-01-01T00:00:01Z");
            sent(new Date(1500), "1970-01-01T00:00:01.500Z");
            sent(Duration.ofMillis(1500), "PT1.500S");
        });
        rows.row("`UUID`, `URI`", () -> {
            sent(new UUID(0, 1), "00000000-0000-0000-0000-000000000001");
            sent(URI.create("a:b"), "a:b");
        });
        rows.row("record, bean", () -> {
            sent(new Point(1, 1), new LinkedHashMap<>(Map.of("x", 1L, "y", 1L)));
            sent(new BeansTest.Counting(), map("count", 0L));
        });
        rows.row(
                "`Throwable`",
                () -> assertEquals(
                        "IllegalStateException: no",
                        ((RemoteError) service.call("echo", Object.class, new IllegalStateException("no")))
                                .getMessage()));
        rows.row(
                "instance of a class with a `HyphaCodec`",
                () -> assertEquals("a", ((Token) service.call("echo", Object.class, new Token("a"))).text));
        rows.row(
                "`Iterator`, `Stream`, `RemoteStream`; `InputStream`; `Callback`, `HyphaFunction`; `HyphaService`",
                () -> {
                    TypeRef<RemoteStream<Integer>> numbers = new TypeRef<>() {};
                    for (Object items :
                            List.of(List.of(7).iterator(), Stream.of(7), service.stream("numbers", Integer.class))) {
                        service.call("echo", numbers, items).close();
                    }
                    assertEquals(3, service.call("size", Integer.class, new ByteArrayInputStream(new byte[3])));
                    Callback next = Callback.returning(Integer.class, i -> i + 1);
                    assertEquals(6, service.call("ask", Integer.class, next));
                    assertEquals(
                            5L,
                            service.call("ask", Integer.class, service.function("echo"))
                                    .longValue());
                    assertInstanceOf(
                            HyphaFunction.class, ((Map<?, ?>) service.call("echo", Object.class, service)).get("ask"));
                });
        return rows.tests("| Java value | Wire form |");
    }

    @TestFactory
    @DisplayName("every type takes the forms that the table says")
    Stream<DynamicTest> reading() throws Exception {
        Rows rows = new Rows();
        rows.row("`boolean`, `byte`, `short`, `int`, `long`, `float`, `double`, `char`", () -> {
            assertEquals(true, service.call("echo", boolean.class, true));
            assertEquals((byte) -1, service.call("echo", byte.class, -1));
            assertEquals((short) 3, service.call("echo", short.class, 3.0));
            assertEquals(3, service.call("echo", int.class, 3));
            assertEquals(3L, service.call("echo", long.class, 3));
            assertEquals(3f, service.call("echo", float.class, 3));
            assertEquals(3.0, service.call("echo", double.class, 3));
            assertEquals('a', service.call("echo", char.class, "a"));
            refuses(int.class, null, "1", 1L << 31, 0.5);
            refuses(boolean.class, null, 1);
            refuses(char.class, null, "ab");
        });
        rows.row("their classes, `String`, `CharSequence`", () -> {
            fits(Boolean.class, null, null);
            fits(Integer.class, null, null);
            fits(Integer.class, 3.0, 3);
            fits(Character.class, "a", 'a');
            fits(String.class, null, null);
            fits(CharSequence.class, "a", "a");
            refuses(Integer.class, "1");
            refuses(String.class, 1);
        });
        rows.row("`BigInteger`, `Number`", () -> {
            fits(BigInteger.class, 1, BigInteger.ONE);
            fits(Number.class, 1, 1L);
            fits(Number.class, 0.5, 0.5);
            refuses(BigInteger.class, 0.5, "1");
            refuses(Number.class, "1");
        });
        rows.row("arrays of primitives", () -> {
            fits(byte[].class, list(1, 255), new byte[] {1, -1});
            fits(int[].class, list(1, 2.0), new int[] {1, 2});
            fits(double[].class, new float[] {1}, new double[] {1});
            fits(boolean[].class, list(true), new boolean[] {true});
            fits(char[].class, list("a"), new char[] {'a'});
            refuses(int[].class, list("a"), 1);
        });
        rows.row("`ByteBuffer`", () -> {
            fits(ByteBuffer.class, new byte[] {1}, ByteBuffer.wrap(new byte[] {1}));
            fits(ByteBuffer.class, list(255), ByteBuffer.wrap(new byte[] {-1}));
            refuses(ByteBuffer.class, "a");
        });
        rows.row("`NDArray`", () -> {
            fits(NDArray.class, new byte[] {1}, NDArrays.ofUnsigned(new byte[] {1}));
            refuses(NDArray.class, list(1));
        });
        rows.row("enum", () -> {
            fits(TimeUnit.class, "DAYS", TimeUnit.DAYS);
            refuses(TimeUnit.class, "days", 6);
        });
        rows.row("`Optional<T>`, `OptionalInt`, `OptionalLong`, `OptionalDouble`", () -> {
            fits(new TypeRef<Optional<Integer>>() {}, null, Optional.empty());
            fits(new TypeRef<Optional<Integer>>() {}, 1, Optional.of(1));
            fits(OptionalInt.class, 1, OptionalInt.of(1));
            fits(OptionalLong.class, null, OptionalLong.empty());
            fits(OptionalDouble.class, 1, OptionalDouble.of(1));
            refuses(OptionalInt.class, "1");
        });
        rows.row("`Instant`, `Date`", () -> {
            fits(Instant.class, "1970-01-01T01:00:01+01:00", Instant.ofEpochSecond(1));
            fits(Instant.class, 0.5, Instant.ofEpochMilli(500));
            fits(Date.class, 1, new Date(1000));
            refuses(Instant.class, "1970-01-01T00:00:01", true);
        });
        rows.row("`Duration`, `UUID`, `URI`", () -> {
            fits(Duration.class, "PT1.5S", Duration.ofMillis(1500));
            fits(UUID.class, "00000000-0000-0000-0000-000000000001", new UUID(0, 1));
            fits(URI.class, "a:b", URI.create("a:b"));
            refuses(Duration.class, "long", 1);
            refuses(UUID.class, "a");
            refuses(URI.class, " ");
        });
        rows.row(
                "`List<T>`, `Collection<T>`, `Iterable<T>`, `ArrayList<T>`, `LinkedList<T>`, `CopyOnWriteArrayList<T>`,"
                        + " `Queue<T>`, `Deque<T>`, `ArrayDeque<T>`, `T[]`",
                () -> {
                    fits(new TypeRef<List<Integer>>() {}, Set.of(1), List.of(1));
                    fits(new TypeRef<List<Integer>>() {}, new byte[] {-1}, List.of(255));
                    fits(new TypeRef<List<Integer>>() {}, new int[] {1}, List.of(1));
                    fits(Integer[].class, list(1, null), new Integer[] {1, null});
                    assertEquals(
                            1,
                            service.call("echo", new TypeRef<ArrayDeque<Integer>>() {}, List.of(1))
                                    .getFirst());
                    refuses(List.class, map("a", 1), 1, "a");
                });
        rows.row("`Set<T>`, `LinkedHashSet<T>`, `HashSet<T>`, `SortedSet<T>`, `NavigableSet<T>`, `TreeSet<T>`", () -> {
            fits(new TypeRef<Set<Integer>>() {}, list(1, 1), Set.of(1));
            refuses(Set.class, 1);
        });
        rows.row(
                "`Map<K, V>`, `LinkedHashMap<K, V>`, `HashMap<K, V>`, `SortedMap<K, V>`, `NavigableMap<K, V>`,"
                        + " `TreeMap<K, V>`, `ConcurrentMap<K, V>`, `ConcurrentHashMap<K, V>`",
                () -> {
                    fits(new TypeRef<Map<Integer, String>>() {}, map("1", "a"), Map.of(1, "a"));
                    fits(
                            new TypeRef<Map<TimeUnit, Point>>() {},
                            Map.of("DAYS", Map.of("x", 1, "y", 2)),
                            Map.of(TimeUnit.DAYS, new Point(1, 2)));
                    refuses(Map.class, list(1));
                });
        rows.row("record, bean", () -> {
            fits(Point.class, Map.of("x", 1, "y", 2.0), new Point(1, 2));
            fits(Point.class, Map.of("_rtype", "pydantic_model", "_rvalue", Map.of("x", 1, "y", 2)), new Point(1, 2));
            refuses(Point.class, list(1, 2), map("x", 1), "a");
            refuses(BeansTest.Counting.class, list(1));
        });
        rows.row("`RemoteStream<T>`", () -> {
            RemoteStream<Long> items = service.call("echo", new TypeRef<RemoteStream<Long>>() {}, list(1, 2));
            assertEquals(1L, items.next());
            items.close();
            refuses(RemoteStream.class, 1);
        });
        rows.row("`InputStream`", () -> {
            try (InputStream file = service.call("file", InputStream.class)) {
                assertArrayEquals(new byte[] {1, 2}, file.readAllBytes());
            }
            InputStream bytes = service.call("echo", InputStream.class, new byte[] {3});
            assertArrayEquals(new byte[] {3}, bytes.readAllBytes());
            refuses(InputStream.class, "a");
        });
        rows.row("`HyphaFunction`", () -> {
            assertEquals(
                    5,
                    service.call("echo", HyphaFunction.class, service.function("echo"))
                            .call(Integer.class, 5));
            refuses(HyphaFunction.class, "a");
        });
        rows.row(
                "`@Serializable` class of Kotlin", () -> fits(NDArray.class, new int[] {1}, NDArray.of(new int[] {1})));
        rows.row("class with a `HyphaCodec` that decodes", () -> {
            assertEquals("a", service.call("echo", Token.class, new Token("a")).text);
            refuses(Token.class, "a");
        });
        rows.row("`Object`", () -> {
            fits(Object.class, 1, 1L);
            fits(Object.class, BigInteger.ONE.shiftLeft(63), BigInteger.ONE.shiftLeft(63));
            fits(Object.class, list(Set.of(1)), list(Set.of(1L)));
        });
        return rows.tests("| Java type asked for | Wire forms that fit |");
    }
}
