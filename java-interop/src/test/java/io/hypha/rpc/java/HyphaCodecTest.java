package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hypha.rpc.EncodingException;
import io.hypha.rpc.hub.HyphaHub;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HyphaCodecTest {
    /** No bean: there is no constructor without parameters. */
    static class Vector {
        final double x;
        final double y;

        Vector(double x, double y) {
            this.x = x;
            this.y = y;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Vector && ((Vector) other).x == x && ((Vector) other).y == y;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(x) + Double.hashCode(y);
        }
    }

    static class UnitVector extends Vector {
        UnitVector() {
            super(1, 0);
        }
    }

    record Move(Vector by, List<Vector> path) {}

    record Masked(String text) {}

    interface Figure {}

    record Circle(double radius) implements Figure {}

    static class Broken {}

    static class Empty {}

    static class Sorted {}

    private static final HyphaHub hub = HyphaHub.start();
    private static final AtomicReference<Map<String, Object>> decoded = new AtomicReference<>();
    private static HyphaClient client;

    @BeforeAll
    static void connect() {
        client = Hypha.builder(hub.getUrl())
                .codec(HyphaCodec.of("vector", Vector.class, v -> Map.of("x", v.x, "y", v.y), map -> {
                    decoded.set(map);
                    return new Vector((Double) map.get("x"), (Double) map.get("y"));
                }))
                .codec(HyphaCodec.encoding("masked", Masked.class, masked -> Map.of("text", "***")))
                .codec(HyphaCodec.of(
                        "figure",
                        Figure.class,
                        figure -> Map.of("radius", ((Circle) figure).radius()),
                        map -> new Circle((Double) map.get("radius"))))
                .codec(HyphaCodec.of(
                        "broken",
                        Broken.class,
                        broken -> {
                            throw new IOException("secret");
                        },
                        map -> {
                            throw new IOException("secret");
                        }))
                .codec(HyphaCodec.of("empty", Empty.class, empty -> new TreeMap<>(), map -> null))
                .codec(HyphaCodec.encoding("sorted", Sorted.class, sorted -> new TreeMap<>(Map.of(1, 2))))
                .connect();
    }

    @AfterAll
    static void close() {
        client.close();
        hub.close();
    }

    @Test
    @DisplayName("instances travel as the codec says, wherever they stand, and so do those of subclasses")
    void everywhere() {
        Vector vector = new Vector(0.5, 2);
        assertEquals(vector, client.echo(vector));
        assertEquals(vector, client.echo(vector, Vector.class));
        assertEquals(new Vector(1, 0), client.echo(new UnitVector(), Vector.class));
        assertEquals(List.of(vector), client.echo(List.of(vector)));
        Move move = new Move(vector, Arrays.asList(vector, null));
        assertEquals(move, client.echo(move, Move.class));
        assertEquals(new Circle(2), client.echo(new Circle(2), Figure.class));
    }

    @Test
    @DisplayName("a decoder gets the values of Java, and the _rtype")
    void decoderArguments() {
        client.echo(Map.of("_rtype", "vector", "x", 1.5, "y", 2.0, "tags", List.of(Map.of("a", new byte[] {1}))));
        Map<String, Object> map = decoded.get();
        assertEquals("vector", map.get("_rtype"));
        assertInstanceOf(ArrayList.class, map.get("tags"));
        assertInstanceOf(byte[].class, ((Map<?, ?>) ((List<?>) map.get("tags")).get(0)).get("a"));
    }

    @Test
    @DisplayName("a codec comes before the form of a record, and without a decoder the map is what arrives")
    void encodingOnly() {
        assertEquals(Map.of("_rtype", "masked", "text", "***"), client.echo(new Masked("secret")));
        assertEquals(new Masked("***"), client.echo(new Masked("secret"), Masked.class));
    }

    @Test
    @DisplayName("what encoder and decoder throw ends the call with that cause, and the connection stays")
    void failures() {
        EncodingException encoding = assertThrows(EncodingException.class, () -> client.echo(new Broken()));
        assertInstanceOf(IOException.class, encoding.getCause());
        assertEquals("The codec 'broken' failed with java.io.IOException", encoding.getProblem());
        assertEquals("args[0]", encoding.getPath());
        EncodingException decoding =
                assertThrows(EncodingException.class, () -> client.echo(Map.of("_rtype", "broken")));
        assertFalse(decoding.getMessage().contains("secret"));
        EncodingException missing =
                assertThrows(EncodingException.class, () -> client.echo(Map.of("_rtype", "vector")));
        assertInstanceOf(NullPointerException.class, missing.getCause());
        assertEquals(5L, client.echo(5));
    }

    @Test
    @DisplayName("a decoder that returns null, and an encoder that makes a map with other keys than text, are named")
    void wrongResults() {
        EncodingException none = assertThrows(EncodingException.class, () -> client.echo(new Empty()));
        assertEquals("The codec 'empty' decoded a value as null", none.getProblem());
        EncodingException keys = assertThrows(EncodingException.class, () -> client.echo(new Sorted()));
        assertEquals("The codec 'sorted' made a map with a key that is no text", keys.getProblem());
        assertEquals("args[0]", keys.getPath());
    }

    @Test
    @DisplayName("bad descriptions are refused at once")
    void badCodecs() {
        assertThrows(IllegalArgumentException.class, () -> HyphaCodec.encoding("", Vector.class, v -> v));
        assertThrows(IllegalArgumentException.class, () -> HyphaCodec.encoding("int", int.class, v -> v));
        assertThrows(IllegalArgumentException.class, () -> HyphaCodec.encoding("text", String.class, v -> v));
        assertThrows(NullPointerException.class, () -> HyphaCodec.of("a", Vector.class, null, null));
        HyphaCodec<Vector> codec = HyphaCodec.encoding("a", Vector.class, v -> v.x);
        HyphaClientBuilder builder = Hypha.builder("http://127.0.0.1").codec(codec);
        assertThrows(IllegalArgumentException.class, () -> builder.codec(codec));
    }
}
