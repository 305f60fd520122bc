package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.EncodingException;
import io.hypha.rpc.RemoteException;
import io.hypha.rpc.jvm.RemoteIgnore;
import io.hypha.rpc.jvm.RemoteName;
import io.hypha.rpc.value.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecordsTest {
    record Point(int x, int y) {}

    record Cell(@RemoteName("cell-type") String type, Point centre, List<Point> outline, Optional<String> note) {}

    record Pair<A, B>(A first, B second) {}

    record Node(String name, List<Node> children) {}

    record Image(NDArray pixels, byte[] thumbnail, HyphaFunction refresh, Map<String, int[]> histograms) {}

    record Range(int from, int to) {
        Range {
            if (from > to) {
                throw new IllegalArgumentException("from must not be beyond to");
            }
        }
    }

    record Written(String text) {
        @RemoteName("wire")
        @Override
        public String text() {
            return text;
        }
    }

    record Ping() {}

    record Ignoring(@RemoteIgnore String text) {}

    record Numbers(byte b, short s, long l, float f, double d, boolean z, char c, Integer i, OptionalInt o) {}

    record Path(List<Point> points) implements Iterable<Point> {
        @Override
        public Iterator<Point> iterator() {
            return points.iterator();
        }
    }

    record Failing(String text) {
        @Override
        public String text() {
            throw new IllegalStateException("secret");
        }
    }

    private static TwoClients clients;
    private static HyphaService service;

    @BeforeAll
    static void offer() {
        clients = new TwoClients();
        service = clients.offer(TwoClients.open("records")
                .function("echo", Param.of("value", Object.class), value -> value)
                .function("mirror", Param.of("point", Point.class), point -> new Point(-point.x(), -point.y()))
                .function(
                        "names",
                        Param.of("nodes", new TypeRef<List<Node>>() {}),
                        nodes -> nodes.get(0).children().get(0).name())
                .function(
                        "swap",
                        Param.of("pair", new TypeRef<Pair<Point, List<String>>>() {}),
                        pair -> new Pair<>(pair.second(), pair.first()))
                .function("points", Param.of("count", Integer.class), count -> Arrays.asList(
                                new Point(0, 0), new Point(1, 1))
                        .iterator())
                .function(
                        "ask",
                        Param.of("callback", HyphaFunction.class),
                        callback -> callback.call(Point.class, new Point(1, 2))));
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    private static Map<?, ?> wire(Object value) {
        return (Map<?, ?>) service.call("echo", Object.class, value);
    }

    @Test
    @DisplayName("a record is a map of its components to everybody else")
    void wireForm() {
        assertEquals(Map.of("x", 1L, "y", 2L), wire(new Point(1, 2)));
        assertEquals(
                Set.of("cell-type", "centre", "outline", "note"),
                wire(new Cell("a", null, null, null)).keySet());
        assertEquals(Map.of("wire", "a"), wire(new Written("a")));
        assertEquals(new Written("a"), service.call("echo", Written.class, Map.of("wire", "a")));
    }

    @Test
    @DisplayName("a record comes back equal, with what it holds")
    void roundTrips() {
        Point point = new Point(Integer.MIN_VALUE, 7);
        assertEquals(point, service.call("echo", Point.class, point));
        Cell cell = new Cell("neuron", point, List.of(point, new Point(0, 1)), Optional.of("new"));
        assertEquals(cell, service.call("echo", Cell.class, cell));
        Numbers numbers = new Numbers((byte) -1, (short) 300, 1L << 40, 0.5f, -0.0, true, 'ü', null, OptionalInt.of(3));
        assertEquals(numbers, service.call("echo", Numbers.class, numbers));
        Path path = new Path(List.of(point));
        assertEquals(path, service.call("echo", Path.class, path));
        Node tree = new Node("root", List.of(new Node("leaf", List.of()), new Node("other", null)));
        assertEquals(tree, service.call("echo", Node.class, tree));
    }

    @Test
    @DisplayName("records stand in lists, sets, maps, arrays, optionals and other records")
    void nested() {
        Point point = new Point(1, 2);
        assertEquals(List.of(point), service.call("echo", new TypeRef<List<Point>>() {}, List.of(point)));
        assertEquals(Set.of(point), service.call("echo", new TypeRef<Set<Point>>() {}, Set.of(point)));
        assertEquals(
                Map.of("a", point), service.call("echo", new TypeRef<Map<String, Point>>() {}, Map.of("a", point)));
        assertEquals(Map.of(5, point), service.call("echo", new TypeRef<Map<Integer, Point>>() {}, Map.of(5, point)));
        assertArrayEquals(
                new Point[] {point, null}, service.call("echo", Point[].class, (Object) new Point[] {point, null}));
        assertEquals(Optional.of(point), service.call("echo", new TypeRef<Optional<Point>>() {}, Optional.of(point)));
        assertEquals(Optional.empty(), service.call("echo", new TypeRef<Optional<Point>>() {}, Optional.empty()));
        assertEquals(
                Map.of("a", List.of(Optional.of(point))),
                service.call(
                        "echo",
                        new TypeRef<Map<String, List<Optional<Point>>>>() {},
                        Map.of("a", List.of(Optional.of(point)))));
    }

    @Test
    @DisplayName("a generic record takes its types from a TypeRef, or holds whatever arrives")
    void generic() {
        Pair<Point, List<Integer>> pair = new Pair<>(new Point(1, 2), List.of(3));
        assertEquals(pair, service.call("echo", new TypeRef<Pair<Point, List<Integer>>>() {}, pair));
        Pair<List<String>, Point> swapped = service.call(
                "swap", new TypeRef<Pair<List<String>, Point>>() {}, new Pair<>(new Point(1, 2), List.of("a")));
        assertEquals(new Pair<>(List.of("a"), new Point(1, 2)), swapped);
        List<Pair<String, Pair<Point, Point[]>>> deep = service.call(
                "echo",
                new TypeRef<List<Pair<String, Pair<Point, Point[]>>>>() {},
                List.of(new Pair<>("a", new Pair<>(new Point(1, 2), new Point[] {new Point(3, 4)}))));
        assertEquals(new Point(3, 4), deep.get(0).second().second()[0]);
        assertEquals(new Pair<>(5L, "a"), service.call("echo", Pair.class, new Pair<>(5, "a")));
    }

    @Test
    @DisplayName("records are parameters, results, items of streams, and arguments of callbacks")
    void everywhere() {
        assertEquals(new Point(-1, -2), service.call("mirror", Point.class, new Point(1, 2)));
        assertEquals(
                "leaf", service.call("names", String.class, List.of(new Node("a", List.of(new Node("leaf", null))))));
        List<Point> points = new ArrayList<>();
        try (RemoteStream<Point> stream = service.stream("points", Point.class, 2)) {
            for (Iterator<Point> items = stream; items.hasNext(); ) {
                points.add(items.next());
            }
        }
        assertEquals(List.of(new Point(0, 0), new Point(1, 1)), points);
        Callback mirror = Callback.returning(Point.class, point -> new Point(point.y(), point.x()));
        assertEquals(new Point(2, 1), service.call("ask", Point.class, mirror));
    }

    @Test
    @DisplayName("arrays, bytes and maps of arrays keep their types in a record")
    void arrays() {
        Image image = new Image(
                NDArray.of(new float[] {1, 2}, 1, 2), new byte[] {1, -1}, null, Map.of("red", new int[] {1, 2, 3}));
        Image received = service.call("echo", Image.class, image);
        assertEquals(image.pixels(), received.pixels());
        assertArrayEquals(image.thumbnail(), received.thumbnail());
        assertArrayEquals(new int[] {1, 2, 3}, received.histograms().get("red"));
        assertNull(received.refresh());
    }

    @Test
    @DisplayName("keys that a record does not have are passed over, and an Optional may be missing")
    void unknownAndMissing() {
        assertEquals(new Point(1, 2), service.call("echo", Point.class, Map.of("y", 2, "z", 3, "x", 1)));
        Cell cell = service.call(
                "echo", Cell.class, Map.of("cell-type", "a", "centre", Map.of("x", 1, "y", 2), "outline", List.of()));
        assertEquals(new Cell("a", new Point(1, 2), List.of(), Optional.empty()), cell);
    }

    @Test
    @DisplayName("what is missing or does not fit is named with its path")
    void misfits() {
        EncodingException missing = assertThrows(
                EncodingException.class,
                () -> service.call("echo", new TypeRef<List<Point>>() {}, List.of(Map.of("x", 1))));
        assertEquals("result[0]", missing.getPath());
        assertEquals("The required field 'y' is missing", missing.getProblem());
        EncodingException nil =
                assertThrows(EncodingException.class, () -> service.call("echo", Point.class, new Pairs(1, null)));
        assertEquals("result.y", nil.getPath());
        assertEquals("Expected int, found nil, which a primitive component cannot be", nil.getProblem());
        EncodingException text = assertThrows(
                EncodingException.class,
                () -> service.call("echo", Node.class, Map.of("name", "a", "children", List.of(Map.of("name", 5)))));
        assertEquals("result.children[0].name", text.getPath());
    }

    record Pairs(Integer x, Integer y) {}

    @Test
    @DisplayName("what a constructor refuses is refused, with its words; other failures name the constructor only")
    void refusingConstructor() {
        EncodingException refused = assertThrows(
                EncodingException.class, () -> service.call("echo", Range.class, Map.of("from", 2, "to", 1)));
        assertEquals("The value was refused: from must not be beyond to", refused.getProblem());
        EncodingException failed =
                assertThrows(EncodingException.class, () -> service.call("echo", Object.class, new Failing("a")));
        assertEquals("args[0].text", failed.getPath());
        assertTrue(failed.getProblem().contains("java.lang.IllegalStateException"), failed.getProblem());
        assertTrue(!failed.getProblem().contains("secret"), failed.getProblem());
        assertInstanceOf(IllegalStateException.class, failed.getCause());
    }

    @Test
    @DisplayName("a bad argument ends the call of whoever sent it, naming the argument")
    void badArgument() {
        RemoteException refused = assertThrows(
                RemoteException.class, () -> service.call("mirror", Point.class, Map.of("x", "a", "y", 2)));
        assertTrue(refused.getMessage().contains("x: Expected"), refused.getMessage());
    }

    @Test
    @DisplayName("a record without components is an empty map")
    void empty() {
        assertEquals(Map.of(), wire(new Ping()));
        assertEquals(new Ping(), service.call("echo", Ping.class, Map.of("more", 1)));
    }

    @Test
    @DisplayName("no component of a record can be left out")
    void ignored() {
        EncodingException refused =
                assertThrows(EncodingException.class, () -> service.call("echo", Object.class, new Ignoring("a")));
        assertTrue(refused.getProblem().contains("component text"), refused.getProblem());
    }
}
