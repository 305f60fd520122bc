package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.EncodingException;
import io.hypha.rpc.jvm.RemoteName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StandardClassesTest {
    enum Color {
        RED,

        @RemoteName("dark-green")
        GREEN {
            @Override
            String hint() {
                return "a class of its own";
            }
        };

        String hint() {
            return "plain";
        }
    }

    record Holder(Color color, Instant at, UUID id, CharSequence text, BigInteger large, ByteBuffer bytes) {}

    private static TwoClients clients;
    private static HyphaService service;

    @BeforeAll
    static void offer() {
        clients = new TwoClients();
        service = clients.offer(TwoClients.open("standard")
                .function("echo", Param.of("value", Object.class), value -> value)
                .function("numbers", Param.of("count", Integer.class), count -> {
                    List<List<Long>> rows = new ArrayList<>();
                    for (long i = 0; i < count; i++) {
                        rows.add(List.of(i, i + 1));
                    }
                    return rows.iterator();
                })
                .function("sum", Param.of("rows", new TypeRef<RemoteStream<long[]>>() {}), rows -> {
                    long sum = 0;
                    while (rows.hasNext()) {
                        sum += rows.next()[0];
                    }
                    return sum;
                })
                .function("colorOf", Param.of("color", Color.class), Color::hint));
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    private static <T> T echo(Class<T> type, Object value) {
        return service.call("echo", type, value);
    }

    @Test
    @DisplayName("enum constants travel by name, or by their remote name, and wrong ones are answered with the choices")
    void enums() {
        assertEquals("RED", echo(Object.class, Color.RED));
        assertEquals("dark-green", echo(Object.class, Color.GREEN));
        assertEquals(Color.GREEN, echo(Color.class, Color.GREEN));
        assertEquals("a class of its own", service.call("colorOf", String.class, "dark-green"));
        EnumMap<Color, Integer> counts = new EnumMap<>(Map.of(Color.GREEN, 2));
        assertEquals(Map.of("dark-green", 2L), echo(Object.class, counts));
        assertEquals(counts, service.call("echo", new TypeRef<Map<Color, Integer>>() {}, counts));
        EncodingException wrong = assertThrows(EncodingException.class, () -> echo(Color.class, "GREEN"));
        assertEquals(
                "Expected io.hypha.rpc.java.StandardClassesTest.Color, found text that is none of RED, dark-green",
                wrong.getProblem());
    }

    @Test
    @DisplayName("an empty Optional is nil, and a full one what it holds")
    void optionals() {
        assertEquals("a", echo(Object.class, Optional.of("a")));
        assertEquals(Optional.empty(), service.call("echo", new TypeRef<Optional<String>>() {}, (Object) null));
        assertEquals(Optional.of(5), service.call("echo", new TypeRef<Optional<Integer>>() {}, Optional.of(5)));
        assertEquals(Optional.of(5L), echo(Optional.class, 5));
        assertEquals(OptionalInt.of(5), echo(OptionalInt.class, OptionalInt.of(5)));
        assertEquals(OptionalInt.empty(), echo(OptionalInt.class, OptionalInt.empty()));
        assertEquals(OptionalLong.of(1L << 40), echo(OptionalLong.class, OptionalLong.of(1L << 40)));
        assertEquals(OptionalDouble.of(0.5), echo(OptionalDouble.class, OptionalDouble.of(0.5)));
        List<Optional<Color>> list = Arrays.asList(Optional.of(Color.RED), Optional.empty());
        assertEquals(list, service.call("echo", new TypeRef<List<Optional<Color>>>() {}, list));
    }

    @Test
    @DisplayName("points in time are ISO-8601 text, and read from seconds as well")
    void time() {
        Instant instant = Instant.parse("2026-03-01T12:00:00.123456789Z");
        assertEquals("2026-03-01T12:00:00.123456789Z", echo(Object.class, instant));
        assertEquals(instant, echo(Instant.class, instant));
        assertEquals(Instant.ofEpochSecond(5), echo(Instant.class, 5));
        assertEquals(Instant.ofEpochMilli(-500), echo(Instant.class, -0.5));
        Date date = new Date(instant.toEpochMilli());
        assertEquals("2026-03-01T12:00:00.123Z", echo(Object.class, date));
        assertEquals(date, echo(Date.class, date));
        assertEquals(List.of(instant), service.call("echo", new TypeRef<List<Instant>>() {}, List.of(instant)));
        Duration duration = Duration.ofSeconds(90, 5);
        assertEquals(duration, echo(Duration.class, duration));
        assertEquals("PT1M30.000000005S", echo(Object.class, duration));
        assertEquals(duration.negated(), echo(Duration.class, duration.negated()));
        assertThrows(EncodingException.class, () -> echo(Instant.class, "yesterday"));
    }

    @Test
    @DisplayName("identifiers, addresses and other texts are text")
    void texts() {
        UUID id = new UUID(1, 2);
        assertEquals(id.toString(), echo(Object.class, id));
        assertEquals(id, echo(UUID.class, id));
        URI uri = URI.create("https://hypha.aicell.io/x?y=1");
        assertEquals(uri.toString(), echo(Object.class, uri));
        assertEquals(uri, echo(URI.class, uri));
        assertEquals("built", echo(CharSequence.class, new StringBuilder("built")));
        assertEquals('x', echo(char.class, 'x'));
        EncodingException wrong = assertThrows(EncodingException.class, () -> echo(UUID.class, "password"));
        assertFalse(wrong.getMessage().contains("password"));
        wrong = assertThrows(EncodingException.class, () -> echo(URI.class, "pass word"));
        assertFalse(wrong.getMessage().contains("pass word"));
        assertThrows(EncodingException.class, () -> echo(Object.class, BigDecimal.TEN));
    }

    @Test
    @DisplayName("only the remaining bytes of a buffer are sent, whatever its kind, and its position stays")
    void sentBuffers() {
        byte[] bytes = {9, 1, 2, 3, 9};
        ByteBuffer direct = ByteBuffer.allocateDirect(5).put(bytes);
        direct.flip();
        ByteBuffer heap = ByteBuffer.wrap(bytes);
        for (ByteBuffer buffer : List.of(heap, direct, heap.asReadOnlyBuffer(), direct.duplicate())) {
            buffer.position(1).limit(4);
            for (ByteBuffer sent : List.of(buffer, buffer.slice())) {
                int position = sent.position();
                assertArrayEquals(new byte[] {1, 2, 3}, echo(byte[].class, sent));
                assertEquals(position, sent.position());
                assertEquals(position + 3, sent.limit());
                assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), echo(ByteBuffer.class, sent));
            }
        }
    }

    @Test
    @DisplayName("a received buffer is a view that cannot be written to, of everything that is bytes")
    void receivedBuffers() {
        ByteBuffer buffer = echo(ByteBuffer.class, new byte[] {1, -1});
        assertTrue(buffer.isReadOnly());
        assertEquals(0, buffer.position());
        assertEquals(2, buffer.remaining());
        assertEquals(ByteBuffer.wrap(new byte[] {1, -1}), buffer);
        assertEquals(ByteBuffer.wrap(new byte[] {1, -1}), echo(ByteBuffer.class, List.of(1, 255)));
        assertThrows(EncodingException.class, () -> echo(ByteBuffer.class, "text"));
    }

    @Test
    @DisplayName("all of these stand in a record")
    void inRecords() {
        Holder holder = new Holder(
                Color.GREEN,
                Instant.EPOCH,
                new UUID(3, 4),
                "text",
                BigInteger.ONE.shiftLeft(63),
                ByteBuffer.wrap(new byte[] {1}));
        assertEquals(holder, echo(Holder.class, holder));
    }

    @Test
    @DisplayName("arrays of primitives and of boxes keep their elements")
    void arrays() {
        assertArrayEquals(new boolean[] {true, false}, echo(boolean[].class, new boolean[] {true, false}));
        assertArrayEquals(new short[] {-1}, echo(short[].class, new short[] {-1}));
        assertArrayEquals(new int[] {1, 2}, echo(int[].class, new int[] {1, 2}));
        assertArrayEquals(new long[] {1L << 60}, echo(long[].class, new long[] {1L << 60}));
        assertArrayEquals(new float[] {0.1f}, echo(float[].class, new float[] {0.1f}));
        assertArrayEquals(new double[] {0.1}, echo(double[].class, new double[] {0.1}));
        assertArrayEquals(new char[] {'a', 'b'}, echo(char[].class, new char[] {'a', 'b'}));
        assertArrayEquals(new Integer[] {1, null}, echo(Integer[].class, (Object) new Integer[] {1, null}));
        assertArrayEquals(new Byte[] {1, -1}, echo(Byte[].class, (Object) new Byte[] {1, -1}));
        assertArrayEquals(new Double[] {1.5}, echo(Double[].class, (Object) new Double[] {1.5}));
        assertArrayEquals(new int[][] {{1}, {2, 3}}, echo(int[][].class, (Object) new int[][] {{1}, {2, 3}}));
        assertArrayEquals(new Color[] {Color.RED}, echo(Color[].class, (Object) new Color[] {Color.RED}));
    }

    @Test
    @DisplayName("collections are of the class that is asked for")
    void collections() {
        List<Integer> list = List.of(3, 1, 2);
        assertInstanceOf(ArrayList.class, service.call("echo", new TypeRef<ArrayList<Integer>>() {}, list));
        assertEquals(new LinkedList<>(list), service.call("echo", new TypeRef<LinkedList<Integer>>() {}, list));
        Deque<Integer> deque = service.call("echo", new TypeRef<Deque<Integer>>() {}, new ArrayDeque<>(list));
        assertEquals(list, new ArrayList<>(deque));
        assertEquals(list, service.call("echo", new TypeRef<Collection<Integer>>() {}, list));
        assertEquals(list, service.call("echo", new TypeRef<Iterable<? extends Integer>>() {}, list));
        Set<Integer> set = new HashSet<>(list);
        assertEquals(set, service.call("echo", new TypeRef<HashSet<Integer>>() {}, set));
        assertInstanceOf(LinkedHashSet.class, service.call("echo", new TypeRef<Set<Integer>>() {}, set));
        SortedSet<Integer> sorted = service.call("echo", new TypeRef<SortedSet<Integer>>() {}, set);
        assertEquals(1, sorted.first());
        assertEquals(new TreeSet<>(list), service.call("echo", new TypeRef<TreeSet<Integer>>() {}, list));
        Map<Integer, Color> map = new HashMap<>(Map.of(2, Color.RED, 1, Color.GREEN));
        assertEquals(map, service.call("echo", new TypeRef<LinkedHashMap<Integer, Color>>() {}, map));
        SortedMap<Integer, Color> sortedMap = service.call("echo", new TypeRef<SortedMap<Integer, Color>>() {}, map);
        assertEquals(1, sortedMap.firstKey());
        assertEquals(new TreeMap<>(map), service.call("echo", new TypeRef<TreeMap<Integer, Color>>() {}, map));
        assertEquals(map, service.call("echo", new TypeRef<ConcurrentHashMap<Integer, Color>>() {}, map));
        assertEquals(List.of(3L, 1L, 2L), echo(List.class, list));
        assertEquals(Map.of("a", List.of(1L)), echo(Map.class, Map.of("a", List.of(1))));
    }

    @Test
    @DisplayName("a collection that cannot hold what arrived says so")
    void unfitCollections() {
        assertThrows(
                EncodingException.class,
                () -> service.call("echo", new TypeRef<TreeSet<Integer>>() {}, Arrays.asList(1, null)));
        Map<String, Integer> holed = Collections.singletonMap("a", null);
        assertThrows(
                EncodingException.class,
                () -> service.call("echo", new TypeRef<ConcurrentHashMap<String, Integer>>() {}, holed));
        assertThrows(EncodingException.class, () -> echo(TreeSet.class, List.of(Map.of(), Map.of())));
    }

    @Test
    @DisplayName("items of streams are of the type that is asked for, within other types as well")
    void streams() {
        try (RemoteStream<List<Integer>> rows = service.stream("numbers", new TypeRef<List<Integer>>() {}, 2)) {
            assertEquals(List.of(0, 1), rows.next());
        }
        RemoteStream<long[]> typed = service.call("numbers", new TypeRef<RemoteStream<long[]>>() {}, 2);
        assertArrayEquals(new long[] {0, 1}, typed.next());
        typed.close();
        RemoteStream<?> open = service.call("numbers", RemoteStream.class, 1);
        assertInstanceOf(ArrayList.class, open.next());
        open.close();
        assertEquals(
                1L,
                service.call("sum", Long.class, List.of(List.of(0), List.of(1)).iterator()));
    }
}
