package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.MethodNotFoundException;
import io.hypha.rpc.PermissionDeniedException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Functions that the other side may keep. */
class InterfaceObjectsTest {
    private static final Param<Integer> NUMBER = Param.of("number", Integer.class);

    private final List<HyphaService> kept = new CopyOnWriteArrayList<>();
    private TwoClients clients;
    private HyphaService keeper;

    @BeforeEach
    void connect() {
        clients = new TwoClients();
        Param<HyphaService> object = Param.of("object", HyphaService.class);
        keeper = clients.offer(TwoClients.open("keeper")
                .action("keep", object, (Action1<HyphaService>) kept::add)
                .action(
                        "keepAll",
                        Param.of("objects", new TypeRef<Map<String, HyphaService>>() {}),
                        objects -> kept.addAll(objects.values()))
                .function("lend", () -> counter().build())
                .function(
                        "callWith",
                        Param.of("f", HyphaFunction.class),
                        f -> f.call(
                                Integer.class,
                                HyphaInterface.builder()
                                        .function("two", () -> 2)
                                        .build())));
    }

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    @DisplayName("an argument is kept beyond its call, with functions, groups and constants, until its owner ends it")
    void argument() {
        HyphaInterface object = counter()
                .value("version", "1")
                .group("more", more -> more.function("square", NUMBER, n -> n * n))
                .build();
        keeper.call("keep", Void.class, object);
        HyphaService received = kept.get(0);
        assertEquals(3, received.call("next", Integer.class, 2));
        assertEquals(9, received.call("more.square", Integer.class, 3));
        assertEquals("1", received.value("version"));
        assertEquals(Arrays.asList("next", "more.square"), received.functionNames());
        assertEquals(Collections.singletonList(received.id()), object.ids());

        object.dispose();
        object.dispose();
        assertEquals(Collections.emptyList(), object.ids());
        assertThrows(MethodNotFoundException.class, () -> received.call("next", Integer.class, 2));
    }

    @Test
    @DisplayName("it stands in maps, and one that is sent again is the same object there")
    void sentTwice() {
        HyphaInterface object = counter().build();
        keeper.call("keepAll", Void.class, Collections.singletonMap("a", object));
        keeper.call("keep", Void.class, object);
        assertEquals(2, kept.size());
        assertEquals(kept.get(0).id(), kept.get(1).id());
        assertEquals(1, object.ids().size());
    }

    @Test
    @DisplayName("its receiver disposes of it, in both views, and a second time is fine")
    void disposedByReceiver() throws Exception {
        HyphaInterface object = counter().build();
        keeper.call("keep", Void.class, object);
        kept.get(0).dispose();
        kept.get(0).dispose();
        assertEquals(Collections.emptyList(), object.ids());

        keeper.call("keep", Void.class, object);
        kept.get(1).async().dispose().get(30, TimeUnit.SECONDS);
        assertEquals(Collections.emptyList(), object.ids());
    }

    @Test
    @DisplayName("closing it tells the owner without waiting")
    void closedByReceiver() {
        HyphaInterface object = counter().build();
        keeper.call("keep", Void.class, object);
        try (HyphaService received = kept.get(0)) {
            assertEquals(1, received.call("next", Integer.class, 0));
        }
        while (!object.ids().isEmpty()) {
            clients.provider.echo("until the owner knows");
        }
        assertThrows(MethodNotFoundException.class, () -> kept.get(0).call("next", Integer.class, 0));
    }

    @Test
    @DisplayName("it comes as a result, as a service, in both views")
    void result() throws Exception {
        try (HyphaService received = keeper.call("lend", HyphaService.class)) {
            assertEquals(6, received.call("next", Integer.class, 5));
        }
        HyphaAsyncService async =
                keeper.async().call("lend", HyphaAsyncService.class).get(30, TimeUnit.SECONDS);
        assertEquals(6, async.call("next", Integer.class, 5).get(30, TimeUnit.SECONDS));
        async.close();
    }

    @Test
    @DisplayName("without a type it is a map of functions, of which a service is made")
    void untyped() {
        Map<?, ?> map = (Map<?, ?>) keeper.call("lend", Object.class);
        assertEquals(4, ((HyphaFunction) map.get("next")).call(Integer.class, 3));
        HyphaService received = HyphaService.of(map);
        assertEquals(4, received.call("next", Integer.class, 3));
        received.dispose();
        assertThrows(MethodNotFoundException.class, () -> received.call("next", Integer.class, 3));
    }

    @Test
    @DisplayName("a callback gets one, and may keep it")
    void callbackArgument() {
        CompletableFuture<HyphaService> lent = new CompletableFuture<>();
        Callback callback = Callback.returning(HyphaService.class, object -> {
            lent.complete(object);
            return object.call("two", Integer.class);
        });
        assertEquals(2, keeper.call("callWith", Integer.class, callback));
        assertEquals(2, lent.join().call("two", Integer.class));
    }

    @Test
    @DisplayName("only for its receiver, it refuses the owner's own workspace too")
    void onlyAllowedCaller() {
        List<HyphaFunction> handed = new CopyOnWriteArrayList<>();
        try (HyphaClient neighbour = join(clients.caller)) {
            String id = neighbour
                    .registerService(TwoClients.open("post")
                            .action("hand", Param.of("function", HyphaFunction.class), (Action1<HyphaFunction>)
                                    handed::add)
                            .build())
                    .getId();
            keeper.call("keep", Void.class, counter().onlyAllowedCaller().build());
            keeper.call("keep", Void.class, counter().build());
            HyphaService post = clients.provider.getService(id);
            for (HyphaService object : kept) {
                assertEquals(1, object.call("next", Integer.class, 0));
                post.call("hand", Void.class, object.function("next"));
            }
            assertThrows(PermissionDeniedException.class, () -> handed.get(0).call(Integer.class, 0));
            assertEquals(1, handed.get(1).call(Integer.class, 0));
        }
    }

    @Test
    @DisplayName("functions and services of others are passed on and kept, in both views")
    void passedOn() throws Exception {
        List<Object> seen = new CopyOnWriteArrayList<>();
        HyphaService post = clients.offer(TwoClients.open("post")
                .action("function", Param.of("f", HyphaAsyncFunction.class), (Action1<HyphaAsyncFunction>) seen::add)
                .action("service", Param.of("s", HyphaAsyncService.class), (Action1<HyphaAsyncService>) seen::add));
        HyphaService own = clients.caller.getService(clients.caller
                .registerService(TwoClients.open("own").function("two", () -> 2).build())
                .getId());
        post.call("function", Void.class, own.function("two"));
        post.call("function", Void.class, own.async().function("two"));
        post.call("service", Void.class, own);
        post.call("service", Void.class, own.async());
        for (Object kept : seen) {
            CompletableFuture<Integer> two = kept instanceof HyphaAsyncFunction
                    ? ((HyphaAsyncFunction) kept).call(Integer.class)
                    : ((HyphaAsyncService) kept).call("two", Integer.class);
            assertEquals(2, two.get(30, TimeUnit.SECONDS));
        }
        assertEquals(4, seen.size());
        // A registered service has nothing to dispose of.
        own.dispose();
        own.close();
        assertEquals(2, own.call("two", Integer.class));
    }

    @Test
    @DisplayName("it ends for one client by its id")
    void unregistered() {
        HyphaInterface object = counter().build();
        keeper.call("keep", Void.class, object);
        clients.caller.unregisterService(object.ids().get(0));
        assertEquals(Collections.emptyList(), object.ids());
        assertThrows(MethodNotFoundException.class, () -> kept.get(0).call("next", Integer.class, 0));
    }

    @Test
    @DisplayName("bad definitions are refused when they are built")
    void problems() {
        HyphaInterfaceBuilder empty = HyphaInterface.builder().value("a", 1);
        assertEquals(
                "the interface object is not valid: an interface object needs a function; plain values are sent as a map",
                assertThrows(IllegalArgumentException.class, empty::build).getMessage());
        HyphaInterfaceBuilder dotted = HyphaInterface.builder().function("a.b", () -> 1);
        assertTrue(assertThrows(IllegalArgumentException.class, dotted::build)
                .getMessage()
                .contains("use group(\"a\")"));
    }

    /** Another client of the same workspace. */
    private HyphaClient join(HyphaClient client) {
        String token = client.getService("~").call("generate_token", String.class);
        return Hypha.builder(clients.hub.getUrl())
                .token(token)
                .workspace(client.workspace())
                .connect();
    }

    private static HyphaInterfaceBuilder counter() {
        return HyphaInterface.builder().function("next", NUMBER, n -> n + 1);
    }
}
