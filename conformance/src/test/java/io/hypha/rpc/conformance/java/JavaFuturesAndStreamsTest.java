package io.hypha.rpc.conformance.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.PeerGoneException;
import io.hypha.rpc.RemoteException;
import io.hypha.rpc.conformance.javascript.JsPeer;
import io.hypha.rpc.java.Callback;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.RemoteStream;
import io.hypha.rpc.java.TypeRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Futures and streams between a Java client and the service of the real JavaScript client. */
class JavaFuturesAndStreamsTest {
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
    @DisplayName("two hundred calls are under way at once")
    void atOnce() {
        List<CompletableFuture<Integer>> sums = IntStream.range(0, 200)
                .mapToObj(i -> service.async().call("add", Integer.class, i, 1))
                .collect(Collectors.toList());
        assertEquals(
                IntStream.rangeClosed(1, 200).boxed().collect(Collectors.toList()),
                sums.stream().map(CompletableFuture::join).collect(Collectors.toList()));
    }

    @Test
    @DisplayName("what depends on a future may call and wait")
    void dependents() {
        CompletableFuture<Integer> sum = service.async()
                .call("add", Integer.class, 1, 2)
                .thenApply(three -> service.call("add", Integer.class, three, 4))
                .thenCompose(seven -> service.async().call("add", Integer.class, seven, 8));
        assertEquals(15, sum.join());
    }

    @Test
    @DisplayName("a future fails with what JavaScript has thrown")
    void failures() {
        CompletableFuture<Void> failing = service.async().call("failNamed", Void.class, "no light");
        RemoteException cause = assertInstanceOf(
                RemoteException.class,
                assertThrows(ExecutionException.class, failing::get).getCause());
        assertEquals("SporeError", cause.getRemoteType());
        assertInstanceOf(
                RemoteException.class,
                assertThrows(CompletionException.class, failing::join).getCause());
    }

    @Test
    @DisplayName("a cancelled future, or one that is too late, keeps nothing of its call")
    void cancelling() {
        CompletableFuture<Integer> slow = service.async().call("slow", Integer.class, 60_000);
        assertTrue(slow.cancel(true));
        assertThrows(CancellationException.class, slow::join);
        CompletableFuture<Integer> late =
                service.async().call("slow", Integer.class, 60_000).orTimeout(1, TimeUnit.MILLISECONDS);
        assertInstanceOf(
                TimeoutException.class,
                assertThrows(CompletionException.class, late::join).getCause());
        HeldSessions.assertNoneLeft(stage.client);
    }

    @Test
    @DisplayName("an interrupted thread does not wait any longer, and stays interrupted")
    void interrupting() throws Exception {
        CountDownLatch isRunning = new CountDownLatch(1);
        Callback endless = Callback.of(Object.class, x -> {
            isRunning.countDown();
            new CountDownLatch(1).await();
        });
        FutureTask<Boolean> outcome = new FutureTask<>(() -> {
            assertThrows(CancellationException.class, () -> service.call("callbackEcho", Object.class, endless, 1));
            return Thread.currentThread().isInterrupted();
        });
        Thread caller = new Thread(outcome, "caller");
        caller.start();
        isRunning.await();
        caller.interrupt();
        assertTrue(outcome.get(30, TimeUnit.SECONDS));
        caller.join();
    }

    @Test
    @DisplayName("calls to a JavaScript client that leaves fail at once")
    void leavingPeer() {
        CompletableFuture<Integer> call;
        try (JsPeer leaver = stage.startPeer("leaver")) {
            HyphaService leaving = stage.client.getService(leaver.getClientId() + ":js-provider");
            call = leaving.async().call("slow", Integer.class, 60_000);
            assertEquals(2, leaving.call("add", Integer.class, 1, 1));
        }
        assertInstanceOf(
                PeerGoneException.class,
                assertThrows(CompletionException.class, call::join).getCause());
    }

    @Test
    @DisplayName("a stream of JavaScript is read to its end, or closed when there is enough")
    void receivedStreams() {
        String whole = UUID.randomUUID().toString();
        List<Integer> items = new ArrayList<>();
        service.stream("generator", Integer.class, 5, whole).forEach(items::add);
        assertEquals(Arrays.asList(0, 1, 2, 3, 4), items);
        assertEquals(JavaProvider.map("how", "completed", "produced", 5L), endOf(whole));

        String part = UUID.randomUUID().toString();
        try (RemoteStream<Integer> numbers = service.stream("generator", Integer.class, 1000, part)) {
            assertEquals(0, numbers.next());
            assertEquals(1, numbers.next());
        }
        assertEquals(JavaProvider.map("how", "closed", "produced", 2L), endOf(part));
    }

    @Test
    @DisplayName("an error in a stream comes after the items before it")
    void failingStreams() {
        try (RemoteStream<Integer> items = service.stream("generatorThrows", Integer.class, 2, "it broke", null)) {
            assertEquals(0, items.next());
            assertEquals(1, items.next());
            RemoteException failure = assertThrows(RemoteException.class, items::next);
            assertEquals("it broke", failure.getRemoteMessage());
        }
    }

    @Test
    @DisplayName("JavaScript iterates over iterators and streams of Java, and closes them when it has enough")
    void sentStreams() throws InterruptedException {
        Map<String, Object> all =
                service.call("consume", MAP, Arrays.asList(1, "two", null).iterator(), null);
        assertEquals(JavaProvider.map("items", Arrays.asList(1L, "two", null), "error", null), all);
        CountDownLatch closed = new CountDownLatch(1);
        Stream<Integer> endless = Stream.iterate(0, i -> i + 1).onClose(closed::countDown);
        assertEquals(
                Arrays.asList(0L, 1L), service.call("consume", MAP, endless, 2).get("items"));
        assertTrue(closed.await(30, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("what a stream of Java throws reaches JavaScript after the items before it")
    void failingSentStreams() {
        Stream<Integer> failing = Stream.of(1, 0).map(number -> 1 / number);
        Map<String, Object> outcome = service.call("consume", MAP, failing, null);
        assertEquals(Arrays.asList(1L), outcome.get("items"));
        assertTrue(String.valueOf(outcome.get("error")).contains("/ by zero"), outcome.toString());
    }

    /** Closing does not hold up the reader, so the provider may hear of it a little later than of the next call. */
    private static Map<String, Object> endOf(String label) {
        while (true) {
            Map<String, Object> end = service.call("streamEnd", MAP, label);
            if (end != null) {
                return end;
            }
        }
    }
}
