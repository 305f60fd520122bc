package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.MethodNotFoundException;
import io.hypha.rpc.RemoteException;
import java.io.IOException;
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

/** What callbacks may look like, and where they may stand. */
class CallbackKindsTest {
    private static final AtomicReference<HyphaFunction> KEPT = new AtomicReference<>();
    private static final CountDownLatch BEGUN = new CountDownLatch(1);
    private static final TypeRef<List<Integer>> INTEGERS = new TypeRef<List<Integer>>() {};
    private static final TypeRef<Integer> INTEGER = TypeRef.of(Integer.class);

    private static TwoClients clients;
    private static HyphaService service;

    @BeforeAll
    static void offer() {
        clients = new TwoClients();
        Param<HyphaFunction> callback = Param.of("callback", HyphaFunction.class);
        service = clients.offer(TwoClients.open("callbacks")
                .function("apply", Param.of("args", new TypeRef<List<Object>>() {}), callback, CallbackKindsTest::apply)
                .action("callAll", Param.of("where", Object.class), CallbackKindsTest::callAll)
                .function("failureOf", callback, CallbackKindsTest::failureOf)
                .action("callLater", Param.of("where", Object.class), CallbackKindsTest::callLater)
                .action("keep", callback, KEPT::set));
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    @Test
    @DisplayName("a callback without a result has up to five parameters")
    void actions() {
        List<Object> seen = new ArrayList<>();
        apply(Callback.of(() -> Collections.addAll(seen, "none")));
        apply(Callback.of(Integer.class, (Action1<Integer>) seen::add), 1);
        Class<Integer> i = Integer.class;
        apply(Callback.of(i, i, (a, b) -> Collections.addAll(seen, a, b)), 1, 2);
        apply(Callback.of(i, i, i, (a, b, c) -> Collections.addAll(seen, a, b, c)), 1, 2, 3);
        apply(Callback.of(i, i, i, i, (a, b, c, d) -> Collections.addAll(seen, a, b, c, d)), 1, 2, 3, 4);
        apply(Callback.of(i, i, i, i, i, (a, b, c, d, e) -> Collections.addAll(seen, a, b, c, d, e)), 1, 2, 3, 4, 5);
        assertEquals(Arrays.<Object>asList("none", 1, 1, 2, 1, 2, 3, 1, 2, 3, 4, 1, 2, 3, 4, 5), seen);
    }

    @Test
    @DisplayName("a callback with a result has up to five parameters")
    void results() {
        Class<Integer> i = Integer.class;
        assertEquals(0L, apply(Callback.returning(() -> 0)));
        assertEquals(1L, apply(Callback.returning(i, a -> a), 1));
        assertEquals(3L, apply(Callback.returning(i, i, (a, b) -> a + b), 1, 2));
        assertEquals(6L, apply(Callback.returning(i, i, i, (a, b, c) -> a + b + c), 1, 2, 3));
        assertEquals(10L, apply(Callback.returning(i, i, i, i, (a, b, c, d) -> a + b + c + d), 1, 2, 3, 4));
        assertEquals(
                15L, apply(Callback.returning(i, i, i, i, i, (a, b, c, d, e) -> a + b + c + d + e), 1, 2, 3, 4, 5));
    }

    @Test
    @DisplayName("parameters with type arguments are given as type references")
    void typeReferences() {
        List<Integer> numbers = Arrays.asList(1, 2);
        assertEquals(2L, apply(Callback.returning(INTEGERS, list -> list.get(1)), numbers));
        assertEquals(3L, apply(Callback.returning(INTEGERS, INTEGER, (list, b) -> list.get(1) + b), numbers, 1));
        assertEquals(
                4L,
                apply(
                        Callback.returning(INTEGERS, INTEGER, INTEGER, (list, b, c) -> list.get(1) + b + c),
                        numbers,
                        1,
                        1));
        List<Object> seen = new ArrayList<>();
        apply(
                Callback.of(
                        INTEGERS,
                        INTEGER,
                        INTEGER,
                        INTEGER,
                        (list, b, c, d) -> Collections.addAll(seen, list.get(0), b, c, d)),
                numbers,
                2,
                3,
                4);
        apply(
                Callback.of(
                        INTEGER,
                        INTEGER,
                        INTEGER,
                        INTEGER,
                        INTEGERS,
                        (a, b, c, d, list) -> Collections.addAll(seen, a, list.get(1))),
                5,
                6,
                7,
                8,
                numbers);
        assertEquals(Arrays.<Object>asList(1, 2, 3, 4, 5, 2), seen);
    }

    @Test
    @DisplayName("null is no argument of a primitive type, which the other side is told")
    void primitives() {
        assertEquals(2L, apply(Callback.returning(int.class, a -> a + 1), 1));
        RemoteException failure =
                assertThrows(RemoteException.class, () -> apply(Callback.of(int.class, a -> {}), (Object) null));
        assertTrue(failure.getMessage().contains("found nil"), failure.getMessage());
    }

    @Test
    @DisplayName("an argument of another type and one too many are errors of the other side")
    void wrongArguments() {
        Callback callback = Callback.of(Integer.class, a -> {});
        RemoteException wrong = assertThrows(RemoteException.class, () -> apply(callback, "text"));
        assertTrue(wrong.getMessage().contains("args[0]"), wrong.getMessage());
        RemoteException tooMany = assertThrows(RemoteException.class, () -> apply(callback, 1, 2));
        assertTrue(tooMany.getMessage().contains("more arguments"), tooMany.getMessage());
    }

    @Test
    @DisplayName("what a callback throws arrives at the other side with its type and message")
    void failure() {
        Callback failing = Callback.of(() -> {
            throw new IOException("the disk is full");
        });
        assertEquals("IOException: the disk is full", service.call("failureOf", String.class, failing));
    }

    @Test
    @DisplayName("callbacks stand in lists, arrays, maps and keyword arguments, and are done when the call returns")
    void nested() {
        List<Object> seen = new ArrayList<>();
        Callback callback = Callback.of(Integer.class, (Action1<Integer>) seen::add);
        service.call("callAll", Void.class, Arrays.asList(callback, callback));
        service.call("callAll", Void.class, (Object) new Callback[] {callback});
        service.call("callAll", Void.class, Collections.singletonMap("deep", Collections.singletonList(callback)));
        service.call("callAll", Void.class, Kwargs.of("where", Collections.singletonList(callback)));
        assertEquals(Arrays.<Object>asList(1, 1, 1, 1, 1), seen);
    }

    @Test
    @DisplayName("a call waits for callbacks in a list, though the reply is there")
    void waitsForNested() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicReference<String> outcome = new AtomicReference<>("running");
        Callback slow = Callback.of(() -> {
            BEGUN.countDown();
            mayEnd.await();
            outcome.set("done");
        });
        CompletableFuture<String> seen = service.async()
                .call("callLater", Void.class, Collections.singletonList(slow))
                .thenApply(ignored -> outcome.get());
        for (int roundTrip = 0; roundTrip < 20; roundTrip++) {
            apply(Callback.of(() -> {}));
        }
        assertFalse(seen.isDone());
        mayEnd.countDown();
        assertEquals("done", seen.get(30, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("a function that came as an argument is gone when that call has ended")
    void keptTooLong() {
        service.call("keep", Void.class, Callback.returning(() -> 7));
        assertThrows(MethodNotFoundException.class, () -> KEPT.get().call(Integer.class));
    }

    private static Object apply(Callback callback, Object... arguments) {
        List<Object> list = new ArrayList<>();
        Collections.addAll(list, arguments);
        return service.call("apply", Object.class, list, callback);
    }

    private static Object apply(List<Object> arguments, HyphaFunction callback) {
        return callback.call(Object.class, arguments.toArray());
    }

    private static String failureOf(HyphaFunction callback) {
        RemoteException failure = assertThrows(RemoteException.class, () -> callback.call(Void.class));
        return failure.getRemoteType() + ": " + failure.getRemoteMessage();
    }

    private static void callAll(Object where) {
        if (where instanceof HyphaFunction) {
            ((HyphaFunction) where).call(Void.class, 1);
        } else if (where instanceof Map) {
            ((Map<?, ?>) where).values().forEach(CallbackKindsTest::callAll);
        } else {
            ((List<?>) where).forEach(CallbackKindsTest::callAll);
        }
    }

    /** Returns when the callback has begun, while it is still running. */
    private static void callLater(Object where) throws InterruptedException {
        HyphaFunction callback = (HyphaFunction) ((List<?>) where).get(0);
        callback.async().call(Void.class);
        BEGUN.await();
    }
}
