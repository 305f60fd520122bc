package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.EncodingException;
import io.hypha.rpc.RemoteException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What stands in a service. */
class ServiceMembersTest {
    private static final Param<Integer> A = Param.of("a", Integer.class);
    private static final Param<Integer> B = Param.of("b", Integer.class);
    private static final Param<Integer> C = Param.of("c", Integer.class);
    private static final Param<Integer> D = Param.of("d", Integer.class);
    private static final Param<Integer> E = Param.of("e", Integer.class);

    private static TwoClients clients;

    @BeforeAll
    static void connect() {
        clients = new TwoClients();
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    @Test
    @DisplayName("functions and actions have up to five parameters")
    void arities() {
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        HyphaService service = clients.offer(TwoClients.open("arities")
                .function("four", A, B, C, D, (a, b, c, d) -> a + b + c + d)
                .function("five", A, B, C, D, E, (a, b, c, d, e) -> a + b + c + d + e)
                .action("none", () -> Collections.addAll(seen, "none"))
                .action("one", A, (Action1<Integer>) seen::add)
                .action("two", A, B, (a, b) -> Collections.addAll(seen, a, b))
                .action("three", A, B, C, (a, b, c) -> Collections.addAll(seen, a, b, c))
                .action("four2", A, B, C, D, (a, b, c, d) -> Collections.addAll(seen, a, b, c, d))
                .action("five2", A, B, C, D, E, (a, b, c, d, e) -> Collections.addAll(seen, a, b, c, d, e))
                .action("all", Arrays.asList(A, B), call -> Collections.addAll(seen, call.get(B), call.get(A))));
        assertEquals(10, service.call("four", Integer.class, 1, 2, 3, 4));
        assertEquals(
                15,
                service.call("five", Integer.class, 1, 2, 3, Kwargs.of("e", 5).and("d", 4)));
        assertNull(service.call("none", Object.class));
        service.call("one", Void.class, 1);
        service.call("two", Void.class, 1, 2);
        service.call("three", Void.class, 1, 2, 3);
        service.call("four2", Void.class, 1, 2, 3, 4);
        service.call("five2", Void.class, 1, 2, 3, 4, 5);
        service.call("all", Void.class, 8, 9);
        assertEquals(Arrays.<Object>asList("none", 1, 1, 2, 1, 2, 3, 1, 2, 3, 4, 1, 2, 3, 4, 5, 9, 8), seen);
    }

    @Test
    @DisplayName("functions, actions and constants stand in groups, and groups in groups")
    void groups() {
        HyphaService service =
                clients.offer(TwoClients.open("groups").value("version", "1.2").group("math", math -> math.function(
                                "mul", A, B, (a, b) -> a * b)
                        .value("pi", 3.14)
                        .group("deep", deep -> deep.value("list", Arrays.asList(1, 2))
                                .function("one", () -> 1))));
        assertEquals(Arrays.asList("math.mul", "math.deep.one"), service.functionNames());
        assertEquals(6, service.call("math.mul", Integer.class, 2, 3));
        assertEquals(1, service.call("math.deep.one", Integer.class));
        assertEquals("1.2", service.value("version"));
        assertEquals(3.14, service.value("math.pi", Double.class));
        assertEquals(Arrays.asList(1L, 2L), service.value("math.deep.list"));
        assertEquals(Arrays.asList(1, 2), service.value("math.deep.list", new TypeRef<List<Integer>>() {}));
        assertEquals(2, service.value("math.deep.list.1", int.class));
        assertNull(service.value("math.e"));
        assertNull(service.value("math.e", Double.class));
        assertThrows(EncodingException.class, () -> service.value("version", Integer.class));
        HyphaFunction one = (HyphaFunction) service.value("math.deep.one");
        assertEquals(1, one.call(Integer.class));
        assertEquals(1, service.value("math.deep.one", HyphaFunction.class).call(Integer.class));
    }

    @Test
    @DisplayName("what a service says of itself arrives at its caller, in both views")
    void properties() {
        HyphaService service = clients.offer(TwoClients.open("described")
                .name("Described")
                .type("example")
                .description("Says something of itself")
                .docs("At length")
                .config("flags", Collections.singletonList("experimental"))
                .function("f", () -> 1));
        assertEquals("example", service.type());
        assertEquals("At length", service.docs());
        assertEquals("public", service.config().get("visibility"));
        assertEquals(Collections.singletonList("experimental"), service.config().get("flags"));
        assertTrue(service.entries().get("f") instanceof HyphaFunction);
        HyphaAsyncService async = service.async();
        assertEquals(service.type(), async.type());
        assertEquals(service.docs(), async.docs());
        assertEquals(service.config(), async.config());
        assertEquals(service.serviceSchema(), async.serviceSchema());
        assertEquals(service.value("name"), async.value("name", String.class));
        assertEquals(service.entries().keySet(), async.entries().keySet());
        assertEquals(1, service.idempotent().call("f", Integer.class));
        assertEquals(1, async.idempotent().call("f", Integer.class).join());
    }

    @Test
    @DisplayName("functions are described by a text, by their parameters, or in words of one's own")
    void descriptions() {
        HyphaService service = clients.offer(TwoClients.open("schemas")
                .function("forecast", Param.of("city", String.class).describedAs("Where"), city -> 20)
                .describe("forecast", "The temperature to come")
                .group("more", more -> more.function("by", A, a -> a)
                        .schema(
                                "by",
                                "{\"description\": \"By hand\", \"parameters\": {\"type\": \"object\","
                                        + " \"properties\": {\"a\": {\"type\": \"integer\", \"minimum\": 1}}}}"))
                .function("map", A, a -> a)
                .schema("map", Collections.singletonMap("parameters", Collections.singletonMap("type", "object"))));
        assertEquals("The temperature to come", service.function("forecast").description());
        assertEquals("forecast", service.function("forecast").schema().get("name"));
        assertEquals("forecast", service.async().function("forecast").schema().get("name"));
        assertEquals(20, service.function("forecast").idempotent().call(Integer.class, "Bern"));
        Map<String, Object> schema = service.serviceSchema();
        assertEquals("The temperature to come", at(schema, "forecast", "function", "description"));
        assertEquals("Where", at(schema, "forecast", "function", "parameters", "properties", "city", "description"));
        assertEquals("By hand", at(schema, "more", "by", "function", "description"));
        assertEquals(1L, at(schema, "more", "by", "function", "parameters", "properties", "a", "minimum"));
        assertNull(at(schema, "map", "function", "parameters", "properties"));
    }

    @Test
    @DisplayName("a default may be null")
    void nullDefault() {
        HyphaService service = clients.offer(TwoClients.open("defaults")
                .function("f", Param.optional("name", String.class, null), name -> name == null ? "nobody" : name));
        assertEquals("nobody", service.call("f", String.class));
        assertEquals("nobody", service.call("f", String.class, (Object) null));
        assertEquals("John", service.call("f", String.class, "John"));
        assertThrows(IllegalArgumentException.class, () -> Param.optional("n", int.class, null));
    }

    @Test
    @DisplayName("a keyword that names no parameter is refused, unless a parameter takes those")
    void keywords() {
        Param<Kwargs> all = Param.kwargs("all");
        HyphaService service = clients.offer(TwoClients.open("keywords")
                .function("strict", A, a -> a)
                .function("lax", A, Param.kwargs("options"), (a, options) -> a + " " + options.asMap())
                .function("call", Collections.singletonList(all), call -> call.get(all)
                        .asMap()));
        RemoteException failure =
                assertThrows(RemoteException.class, () -> service.call("strict", Integer.class, Kwargs.of("x", 1)));
        assertTrue(failure.getMessage().contains("no parameter 'x'"), failure.getMessage());
        assertEquals(
                "1 {x=2, y=[3]}",
                service.call(
                        "lax",
                        String.class,
                        Kwargs.of("x", 2).and("y", Collections.singletonList(3)).and("a", 1)));
        assertEquals("1 {}", service.call("lax", String.class, 1));
        assertEquals(Collections.singletonMap("x", 1L), service.call("call", Object.class, Kwargs.of("x", 1)));
    }

    @Test
    @DisplayName("handlers run on the executor of their service")
    void executor() {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "the service's own"));
        try {
            HyphaService service = clients.offer(TwoClients.open("threads")
                    .executor(executor)
                    .group(
                            "g",
                            g -> g.function("name", () -> Thread.currentThread().getName())));
            assertTrue(service.call("g.name", String.class).startsWith("the service's own"));
        } finally {
            executor.shutdownNow();
        }
    }

    private static Object at(Object node, String... path) {
        Object found = node;
        for (String step : path) {
            found = ((Map<?, ?>) found).get(step);
        }
        return found;
    }

    @Test
    @DisplayName("an optional parameter may be left out or be null, and is empty then")
    void optionals() {
        try (TwoClients clients = new TwoClients()) {
            HyphaService service = clients.offer(TwoClients.open("optionals")
                    .function("text", Param.of("value", new TypeRef<Optional<Integer>>() {}), value -> value.map(
                                    number -> "got " + number)
                            .orElse("nothing"))
                    .function("sum", Param.of("value", OptionalInt.class), value -> value.orElse(-1)));
            assertEquals("nothing", service.call("text", String.class));
            assertEquals("nothing", service.call("text", String.class, (Object) null));
            assertEquals("got 3", service.call("text", String.class, 3));
            assertEquals(-1, service.call("sum", Integer.class));
            assertEquals(4, service.call("sum", Integer.class, 4));
        }
    }
}
