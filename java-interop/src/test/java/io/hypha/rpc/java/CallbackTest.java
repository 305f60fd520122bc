package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.HyphaException;
import io.hypha.rpc.RemoteException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CallbackTest {
    private static final AtomicReference<HyphaFunction> KEPT = new AtomicReference<>();

    private static final CountDownLatch STARTED = new CountDownLatch(1);

    private static TwoClients clients;
    private static HyphaService service;

    @BeforeAll
    static void offer() {
        clients = new TwoClients();
        Param<HyphaFunction> callback = Param.of("callback", HyphaFunction.class);
        Param<Map<String, HyphaFunction>> options = Param.of("options", new TypeRef<Map<String, HyphaFunction>>() {});
        service = clients.offer(TwoClients.open("callbacks")
                .action("count", Param.of("to", Integer.class), callback, CallbackTest::count)
                .function("apply", Param.of("args", new TypeRef<List<Object>>() {}), callback, CallbackTest::apply)
                .action("report", options, map -> map.get("progress").call(Void.class, 1))
                .function("twice", callback, function -> function.call(Integer.class, function))
                .action("leaveRunning", callback, CallbackTest::leaveRunning)
                .action("keep", callback, KEPT::set));
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    @Test
    @DisplayName("calls arrive one at a time and in order, and are done when the call returns")
    void order() {
        List<Integer> seen = new ArrayList<>();
        service.call("count", Void.class, 100, Callback.of(Integer.class, seen::add));
        List<Integer> expected = new ArrayList<>();
        for (int number = 1; number <= 100; number++) {
            expected.add(number);
        }
        assertEquals(expected, seen);
    }

    @Test
    @DisplayName("a callback that waits for a call does not keep the next one from running")
    void waiting() {
        CountDownLatch isOpen = new CountDownLatch(1);
        HyphaService gate = clients.offer(TwoClients.open("gate")
                .action("await", isOpen::await)
                .action("open", isOpen::countDown)
                .function("both", Param.of("callback", HyphaFunction.class), callback -> {
                    HyphaAsyncFunction async = callback.async();
                    return CompletableFuture.allOf(async.call(Void.class, "await"), async.call(Void.class, "open"));
                }));
        gate.call("both", Void.class, Callback.of(String.class, name -> gate.call(name, Void.class)));
    }

    @Test
    @DisplayName("a callback takes up to three arguments and may return a result")
    void parameters() {
        assertEquals(2, applied(Callback.returning(Integer.class, a -> a + 1), 1));
        assertEquals(3, applied(Callback.returning(Integer.class, Integer.class, (a, b) -> a + b), 1, 2));
        assertEquals(
                6,
                applied(
                        Callback.returning(Integer.class, Integer.class, Integer.class, (a, b, c) -> a + b + c),
                        1,
                        2,
                        3));
        List<Object> seen = new ArrayList<>();
        applied(Callback.of(Integer.class, String.class, (a, b) -> Collections.addAll(seen, a, b)), 1, "x");
        applied(
                Callback.of(Integer.class, byte.class, Object.class, (a, b, c) -> Collections.addAll(seen, a, b, c)),
                2,
                3,
                4);
        assertEquals(Arrays.<Object>asList(1, "x", 2, (byte) 3, 4L), seen);
    }

    @Test
    @DisplayName("null fits every parameter, and one that is left out is null")
    void nulls() {
        List<Object> seen = new ArrayList<>();
        applied(Callback.of(String.class, Integer.class, (a, b) -> Collections.addAll(seen, a, b)), (Object) null);
        assertEquals(Arrays.asList(null, null), seen);
    }

    @Test
    @DisplayName("a callback may stand in a map")
    void inMap() {
        List<Integer> seen = new ArrayList<>();
        service.call("report", Void.class, Collections.singletonMap("progress", Callback.of(Integer.class, seen::add)));
        assertEquals(Collections.singletonList(1), seen);
    }

    @Test
    @DisplayName("what a callback throws arrives at the other side, and comes back from there")
    void failure() {
        Callback failing = Callback.of(Object.class, value -> {
            throw new IllegalStateException("no more spores");
        });
        RemoteException failure = assertThrows(RemoteException.class, () -> applied(failing, 1));
        assertEquals("no more spores", failure.getRemoteMessage());
    }

    @Test
    @DisplayName("a callback that waits for a call which calls it again does not wait for itself")
    void reentrance() {
        AtomicReference<Boolean> isInside = new AtomicReference<>(false);
        Callback callback = Callback.returning(HyphaFunction.class, self -> {
            if (isInside.getAndSet(true)) {
                return 1;
            }
            return 1 + service.call("twice", Integer.class, self);
        });
        assertEquals(2, service.call("twice", Integer.class, callback));
    }

    @Test
    @DisplayName("after the call that it was passed to, a callback is refused")
    void afterTheCall() {
        service.call("keep", Void.class, Callback.of(Integer.class, number -> {}));
        assertThrows(HyphaException.class, () -> KEPT.get().call(Void.class, 1));
    }

    @Test
    @DisplayName("a call returns when the callbacks that it has got are done, though the reply is there")
    void waitsForCallbacks() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicReference<String> outcome = new AtomicReference<>("running");
        Callback slow = Callback.of(Object.class, value -> {
            STARTED.countDown();
            mayEnd.await();
            outcome.set("done");
        });
        CompletableFuture<String> seen = CompletableFuture.supplyAsync(() -> {
            service.call("leaveRunning", Void.class, slow);
            return outcome.get();
        });
        assertTrue(STARTED.await(30, TimeUnit.SECONDS));
        for (int roundTrip = 0; roundTrip < 20; roundTrip++) {
            service.call(
                    "report", Void.class, Collections.singletonMap("progress", Callback.of(Object.class, x -> {})));
        }
        assertFalse(seen.isDone());
        mayEnd.countDown();
        assertEquals("done", seen.get(30, TimeUnit.SECONDS));
    }

    /** Returns while the callback is still running. */
    private static void leaveRunning(HyphaFunction callback) throws InterruptedException {
        Thread thread = new Thread(() -> callback.call(Void.class, 1));
        thread.setDaemon(true);
        thread.start();
        STARTED.await();
    }

    private static Object applied(Callback callback, Object... arguments) {
        List<Object> list = new ArrayList<>();
        Collections.addAll(list, arguments);
        Object result = service.call("apply", Object.class, list, callback);
        return result instanceof Long ? ((Long) result).intValue() : result;
    }

    private static void count(int to, HyphaFunction callback) {
        for (int number = 1; number <= to; number++) {
            callback.call(Void.class, number);
        }
    }

    private static Object apply(List<Object> arguments, HyphaFunction callback) {
        return callback.call(Object.class, arguments.toArray());
    }
}
