package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hypha.rpc.EncodingException;
import io.hypha.rpc.value.NDArray;
import io.hypha.rpc.value.OrderedMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ValuesTest {
    private static TwoClients clients;
    private static HyphaService service;

    @BeforeAll
    static void offer() {
        clients = new TwoClients();
        service = clients.offer(TwoClients.open("values")
                .function("echo", Param.of("value", Object.class), value -> value)
                .function("typeOf", Param.of("value", Object.class), value -> value.getClass()
                        .getName())
                .function("first", Param.of("list", new TypeRef<List<String>>() {}), list -> list.get(0))
                .function("file", () -> new ByteArrayInputStream(new byte[] {1, 2, 3}))
                .function("size", Param.of("file", InputStream.class), ValuesTest::size)
                .function("largest", () -> BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE)));
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    @Test
    @DisplayName("boxed numbers, text and bytes come back as the class that is asked for")
    void simpleValues() {
        assertEquals(5, service.call("echo", Integer.class, 5));
        assertEquals(5, service.call("echo", int.class, 5));
        assertEquals(5.0, service.call("echo", Double.class, 5));
        assertEquals(2.5f, service.call("echo", Float.class, 2.5));
        assertEquals(true, service.call("echo", Boolean.class, true));
        assertEquals("spore", service.call("echo", String.class, "spore"));
        assertArrayEquals(new byte[] {1, -1}, service.call("echo", byte[].class, new byte[] {1, -1}));
        assertEquals(TimeUnit.DAYS, service.call("echo", TimeUnit.class, TimeUnit.DAYS));
    }

    @Test
    @DisplayName("a number that does not fit the class is refused, and so is another kind of value")
    void misfits() {
        assertThrows(EncodingException.class, () -> service.call("echo", Integer.class, 1L << 40));
        assertThrows(EncodingException.class, () -> service.call("echo", String.class, 5));
        assertThrows(EncodingException.class, () -> service.call("echo", int.class, (Object) null));
    }

    @Test
    @DisplayName("without a class values are what Java knows them as")
    void anything() {
        assertEquals(5L, service.call("echo", Object.class, 5));
        assertEquals(0.5, service.call("echo", Object.class, 0.5f));
        assertArrayEquals(new byte[] {7}, (byte[]) service.call("echo", Object.class, new byte[] {7}));
        assertArrayEquals(
                new byte[] {7}, (byte[]) service.call("echo", Object.class, ByteBuffer.wrap(new byte[] {6, 7}, 1, 1)));
        assertEquals(Arrays.asList(1L, "a", null), service.call("echo", Object.class, Arrays.asList(1, "a", null)));
        assertEquals("[B", service.call("typeOf", String.class, new byte[0]));
        assertEquals("java.util.ArrayList", service.call("typeOf", String.class, new ArrayList<>()));
    }

    @Test
    @DisplayName("unsigned integers of 64 bits are BigIntegers in both directions")
    void unsignedIntegers() {
        BigInteger largest = new BigInteger("18446744073709551615");
        assertEquals(largest, service.call("largest", Object.class));
        assertEquals(largest, service.call("echo", BigInteger.class, largest));
        assertEquals(BigInteger.TEN, service.call("echo", BigInteger.class, 10));
        assertThrows(EncodingException.class, () -> service.call("echo", Object.class, largest.add(BigInteger.ONE)));
    }

    @Test
    @DisplayName("collections keep the types of their elements through a TypeRef")
    void collections() {
        Map<String, List<Integer>> lists = new HashMap<>();
        lists.put("odd", Arrays.asList(1, 3, null));
        assertEquals(lists, service.call("echo", new TypeRef<Map<String, List<Integer>>>() {}, lists));
        Set<Double> set = new LinkedHashSet<>(Arrays.asList(0.5, 1.5));
        assertEquals(set, service.call("echo", new TypeRef<Set<Double>>() {}, set));
        Map<Integer, String> byNumber = Collections.singletonMap(1, "one");
        assertEquals(byNumber, service.call("echo", new TypeRef<Map<Integer, String>>() {}, byNumber));
        assertInstanceOf(OrderedMap.class, service.call("echo", Object.class, byNumber));
        assertArrayEquals(new String[] {"a"}, service.call("echo", String[].class, (Object) new String[] {"a"}));
        assertEquals("a", service.call("first", String.class, Arrays.asList("a", "b")));
    }

    @Test
    @DisplayName("arrays keep shape, type and elements")
    void arrays() {
        NDArray array = NDArray.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
        assertEquals(array, service.call("echo", NDArray.class, array));
        assertArrayEquals(new double[] {0.5, 1.5}, service.call("echo", double[].class, new double[] {0.5, 1.5}));
    }

    @Test
    @DisplayName("streams of bytes are read from where they are")
    void byteStreams() throws IOException {
        assertEquals(1000, service.call("size", Integer.class, new ByteArrayInputStream(new byte[1000])));
        try (InputStream file = service.call("file", InputStream.class)) {
            assertEquals(3, size(file));
        }
    }

    @Test
    @DisplayName("an argument array that is null means one argument, null")
    void nullArguments() {
        assertNull(service.call("echo", Object.class, (Object[]) null));
        assertNull(service.call("echo", String.class, (Object) null));
    }

    @Test
    @DisplayName("Void takes any result and returns null")
    void noResult() {
        assertNull(service.call("echo", Void.class, 5));
        assertNull(service.call("echo", void.class, 5));
    }

    @Test
    @DisplayName("classes of the program's own are refused in both directions, naming the class")
    void ownClasses() {
        String received = assertThrows(EncodingException.class, () -> service.call("echo", ValuesTest.class, 5))
                .getMessage();
        assertEquals(
                "io.hypha.rpc.java.ValuesTest can be neither sent nor received, for it has no public constructor without"
                        + " parameters. Use a record, or a bean (a class with a public constructor without parameters and"
                        + " with getters and setters), or register a HyphaCodec for it",
                received);
        EncodingException sent =
                assertThrows(EncodingException.class, () -> service.call("echo", Object.class, new ValuesTest()));
        assertEquals("args[0]", sent.getPath());
    }

    private static int size(InputStream file) throws IOException {
        int size = 0;
        while (file.read() >= 0) {
            size++;
        }
        return size;
    }
}
