package io.hypha.rpc.conformance.java;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.CallTimeoutException;
import io.hypha.rpc.MethodNotFoundException;
import io.hypha.rpc.RemoteException;
import io.hypha.rpc.conformance.provider.PatternKt;
import io.hypha.rpc.java.Callback;
import io.hypha.rpc.java.HyphaFunction;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.Kwargs;
import io.hypha.rpc.java.TypeRef;
import io.hypha.rpc.value.NDArray;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A Java client calls the service of the real JavaScript client and waits for its answers. */
class JavaCallsJavaScriptTest {
    private static final TypeRef<Map<String, Object>> MAP = new TypeRef<Map<String, Object>>() {};

    private static JavaStage stage;
    private static HyphaService service;

    @BeforeAll
    static void set() {
        stage = new JavaStage();
        service = stage.javaScript();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @AfterEach
    void noSessions() {
        HeldSessions.assertNoneLeft(stage.client);
    }

    @Test
    @DisplayName("functions, nested ones too, and what JavaScript says of them")
    void calls() {
        assertEquals(5, service.call("add", Integer.class, 2, 3));
        assertEquals(6.0, service.call("math.mul", Double.class, 1.5, 4));
        assertTrue(service.functionNames().containsAll(Arrays.asList("add", "math.mul", "generator")));
        assertThrows(MethodNotFoundException.class, () -> service.call("nowhere", Void.class));
    }

    @Test
    @DisplayName("keyword arguments reach the parameters of their names")
    void keywords() {
        assertEquals(
                JavaProvider.map("a", Collections.singletonList(1L), "b", null, "scale", 2.5, "label", null),
                service.call(
                        "kwargs",
                        MAP,
                        Kwargs.of("scale", 2.5)
                                .and("a", Collections.singletonList(1))
                                .and("b", null)));
    }

    @Test
    @DisplayName("JavaScript sees values as its own kinds")
    void values() {
        assertEquals("ArrayBuffer", typeOf(ByteBuffer.wrap(new byte[] {1, 2, 3}, 1, 1)));
        assertEquals("Uint8Array", typeOf(new byte[3]));
        assertEquals("Float32Array", typeOf(new float[3]));
        assertEquals("Set", typeOf(Collections.singleton(1)));
        assertEquals("Map", typeOf(Collections.singletonMap(1, "one")));
        assertEquals("Object", typeOf(Collections.singletonMap("one", 1)));
        assertEquals("Error", typeOf(new IllegalStateException("no light")));
        assertEquals("AsyncGenerator", typeOf(IntStream.range(0, 3)));
        assertEquals("function", typeOf(Callback.of(Object.class, x -> {})));
        assertEquals("null", typeOf(null));
    }

    @Test
    @DisplayName("what JavaScript makes is the same to Java as what Java makes of the same kind")
    void receivedValues() {
        List<String> kinds = service.call("kinds", new TypeRef<List<String>>() {});
        kinds.retainAll(JavaKinds.names());
        assertTrue(kinds.size() > 40, kinds.toString());
        for (String kind : kinds) {
            Object ours = stage.client.echo(JavaKinds.make(kind));
            Object theirs = service.call("make", Object.class, kind);
            // The traces of errors differ, and JavaScript keeps a date what Java sends as text.
            if (!kind.equals("error") && !kind.startsWith("date")) {
                assertEquals(JavaKinds.describe(ours), JavaKinds.describe(theirs), kind);
            }
        }
    }

    @Test
    @DisplayName("callbacks are called in turn and at once, their results used, and their errors arrive")
    void callbacks() {
        List<Integer> seen = new ArrayList<>();
        Callback twice = Callback.returning(Integer.class, i -> {
            seen.add(i);
            return i * 2;
        });
        assertEquals(110, service.call("callCallback", Integer.class, twice, 10));
        assertEquals(IntStream.rangeClosed(1, 10).boxed().collect(Collectors.toList()), seen);
        assertEquals(
                1275, service.call("callCallbackAtOnce", Integer.class, Callback.returning(Integer.class, i -> i), 50));
        Callback nested = Callback.returning(
                Integer.class, HyphaFunction.class, (a, timesTen) -> timesTen.call(Integer.class, a));
        assertEquals(71, service.call("nested", Integer.class, 7, nested));
        Callback failing = Callback.of(Object.class, x -> {
            throw new IOException("no such spore");
        });
        String failure = service.call("callbackThrows", String.class, failing);
        assertTrue(failure.contains("IOException: no such spore"), failure);
    }

    @Test
    @DisplayName("a callback is refused after its call; returned functions are not")
    void keptFunctions() {
        service.call("keepCallback", Void.class, Callback.returning(Object.class, x -> x));
        Object error = service.call("callKept", MAP, 1).get("error");
        assertTrue(String.valueOf(error).contains("Session not found"), String.valueOf(error));
        HyphaFunction triple = service.call("returnsFunction", HyphaFunction.class, 3);
        assertEquals(15, triple.call(Integer.class, 5));
        Map<String, Object> counter = service.call("returnsFunctions", MAP, 10);
        assertEquals(15, ((HyphaFunction) counter.get("increment")).call(Integer.class, 5));
        assertEquals(16, ((HyphaFunction) counter.get("increment")).call(Integer.class, 1));
    }

    @Test
    @DisplayName("an error of JavaScript keeps its type, its message and its trace")
    void errors() {
        RemoteException named =
                assertThrows(RemoteException.class, () -> service.call("failNamed", Void.class, "no light"));
        assertEquals("SporeError", named.getRemoteType());
        assertEquals("no light", named.getRemoteMessage());
        assertTrue(named.getRemoteTrace().contains("errors.mjs"), named.getRemoteTrace());
        assertEquals(
                "TypeError",
                assertThrows(RemoteException.class, () -> service.call("failType", Void.class))
                        .getRemoteType());
        assertEquals(
                "bare",
                assertThrows(RemoteException.class, () -> service.call("failText", Void.class, "bare"))
                        .getMessage());
    }

    @Test
    @DisplayName("a silent JavaScript ends in a timeout that names the call, a busy one does not")
    void timeouts() {
        HyphaService hasty = service.withTimeout(1, TimeUnit.SECONDS);
        CallTimeoutException failure =
                assertThrows(CallTimeoutException.class, () -> hasty.call("returnsUnsendable", Object.class));
        assertTrue(failure.getMessage().contains("returnsUnsendable"), failure.getMessage());
        // Heartbeats come every half of this time, so the provider may be late by the other half.
        HyphaService patient = service.withTimeout(4, TimeUnit.SECONDS);
        assertEquals(5000, patient.call("slow", Integer.class, 5000));
    }

    @Test
    @DisplayName("arrays of 8 and of 64 MiB come back as they were")
    void largeArrays() {
        for (int size : new int[] {1 << 20, 8 << 20}) {
            double[] elements = PatternKt.patternFloats(size);
            assertArrayEquals(elements, service.call("echo", double[].class, (Object) elements));
        }
        NDArray matrix = NDArray.of(new float[2 << 20], 1024, 2048);
        assertEquals(matrix, service.call("echo", NDArray.class, matrix));
    }

    @Test
    @DisplayName("files are read in both directions")
    void files() throws IOException {
        byte[] bytes = PatternKt.patternBytes(200_000);
        assertArrayEquals(bytes, service.call("readStream", byte[].class, new ByteArrayInputStream(bytes)));
        try (InputStream file = service.call("openStream", InputStream.class, (Object) bytes)) {
            assertArrayEquals(bytes, file.readAllBytes());
        }
    }

    @Test
    @DisplayName("JavaScript learns who calls, as the hub vouches for it")
    void context() {
        Map<?, ?> context = (Map<?, ?>) service.call("context", MAP, 1, 2).get("context");
        assertEquals(stage.client.workspace() + "/" + stage.client.clientId(), context.get("from"));
        assertEquals("tester", ((Map<?, ?>) context.get("user")).get("id"));
    }

    private static Object typeOf(Object value) {
        return service.call("describe", MAP, value).get("type");
    }
}
