package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.CallTimeoutException;
import io.hypha.rpc.ConnectionClosedException;
import io.hypha.rpc.client.HyphaEvent;
import io.hypha.rpc.client.LocalEvents;
import io.hypha.rpc.client.ServerEvents;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventsTest {
    private RootHub hub;
    private HyphaClient here;
    private HyphaClient there;

    @BeforeEach
    void connect() {
        hub = new RootHub();
        here = hub.root().connect();
        there = hub.root().connect();
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        hub.close();
    }

    @Test
    @DisplayName("events of another client arrive in order, one at a time, on the executor of the client")
    void listener() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(4, task -> new Thread(task, "mine"));
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        AtomicInteger atOnce = new AtomicInteger();
        try (HyphaClient listener = hub.root().executor(executor).connect()) {
            listener.on("news", event -> {
                assertEquals(1, atOnce.incrementAndGet());
                heard.add(Thread.currentThread().getName().startsWith("mine") ? event.getData() : "wrong thread");
                assertEquals("garden/" + here.clientId(), event.getContext().getFrom());
                atOnce.decrementAndGet();
            });
            for (long number = 0; number < 50; number++) {
                here.emit("news", number, listener.clientId());
            }
            for (long number = 0; number < 50; number++) {
                assertEquals(number, heard.take());
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    @DisplayName("a listener that blocks for a call, or throws, hears the next event all the same")
    void blockingListener() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        here.on("ask", event -> {
            heard.add(here.echo(event.getData(), String.class));
            throw new Exception("and then it fails");
        });
        there.async().emit("ask", "one", here.clientId()).get();
        there.emit("ask", "two", here.clientId(), Collections.singletonMap("more", true));
        assertEquals("one", heard.take());
        assertEquals("two", heard.take());
    }

    @Test
    @DisplayName("listeners end when they are closed, at once after one event, or by type")
    void ending() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        ListenerHandle closed = here.on("a", event -> heard.add("closed"));
        here.once("a", event -> heard.add("once"));
        here.on("b", event -> heard.add("b"));
        closed.close();
        closed.close();
        here.off("b");
        here.emit("a", 1);
        here.emit("a", 2);
        here.emit("b", 3);
        round();
        assertEquals(Collections.singletonList("once"), heard);
        here.on("c", event -> heard.add("c"));
        here.off();
        here.emit("c", 4);
        round();
        assertEquals(Collections.singletonList("once"), heard);
    }

    @Test
    @DisplayName("broadcasts reach those who have subscribed, until they close")
    void broadcasts() throws Exception {
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        ListenerHandle blocking = here.subscribe("news", event -> heard.add(event.getData()));
        there.emit("news", "first", "*");
        assertEquals("first", heard.take());
        blocking.close();
        ListenerHandle later = here.async()
                .subscribe("news", event -> heard.add("again " + event.getData()))
                .get();
        there.emit("news", "second", "*");
        assertEquals("again second", heard.take());
        later.close();
    }

    @Test
    @DisplayName("the server's events describe what happened")
    void serverEvents() {
        try (EventStream added =
                here.events(EventMatch.of(ServerEvents.SERVICE_ADDED).subscribed())) {
            String id = there.registerService(TwoClients.open("new").build()).getId();
            HyphaEvent event = added.next();
            assertTrue(event.isFromServer());
            assertEquals(id, event.getServiceInfo().getId());
        }
    }

    @Test
    @DisplayName("data arrives as the values that Java knows")
    void values() {
        try (EventStream events = here.events("data")) {
            BigInteger large = BigInteger.ONE.shiftLeft(63);
            there.emit(
                    "data", Arrays.asList(new byte[] {1, 2}, large, Collections.singletonMap("a", 1)), here.clientId());
            List<?> data = (List<?>) events.next().getData();
            assertArrayEquals(new byte[] {1, 2}, (byte[]) data.get(0));
            assertEquals(large, data.get(1));
            assertEquals(Collections.singletonMap("a", 1L), data.get(2));
        }
    }

    @Test
    @DisplayName("waiting takes the first event that fits, in both views")
    void waiting() throws Exception {
        EventMatch wanted =
                EventMatch.of("answer").where(event -> event.getData().equals(42L));
        CompletableFuture<HyphaEvent> answer = here.async().waitFor(wanted, 30, TimeUnit.SECONDS);
        CompletableFuture<HyphaEvent> any = here.async().waitFor("answer", Duration.ofSeconds(30));
        there.emit("answer", 41, here.clientId());
        there.emit("answer", 42, here.clientId());
        assertEquals(42L, answer.get().getData());
        assertEquals(41L, any.get().getData());

        CompletableFuture<HyphaEvent> blocking =
                CompletableFuture.supplyAsync(() -> here.waitFor("go", 30, TimeUnit.SECONDS));
        while (!blocking.isDone()) {
            there.emit("go", "now", here.clientId());
        }
        assertEquals("now", blocking.get().getData());
    }

    @Test
    @DisplayName("a wait ends with its time, with the connection, with its thread, and with what its predicate throws")
    void endedWaits() throws Exception {
        assertThrows(CallTimeoutException.class, () -> here.waitFor("never", 1, TimeUnit.MILLISECONDS));
        assertThrows(IllegalArgumentException.class, () -> here.waitFor("never", Duration.ZERO));
        CompletableFuture<HyphaEvent> failing = here.async()
                .waitFor(
                        EventMatch.of("x").where(event -> {
                            throw new IllegalStateException("unfit");
                        }),
                        30,
                        TimeUnit.SECONDS);
        here.emit("x", 1);
        assertEquals(
                "unfit",
                assertThrows(ExecutionException.class, failing::get).getCause().getMessage());
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> here.waitFor("never", 30, TimeUnit.SECONDS));
        assertTrue(Thread.interrupted());
        CompletableFuture<HyphaEvent> endless = here.async().waitFor("never", 30, TimeUnit.SECONDS);
        here.close();
        assertInstanceOf(
                ConnectionClosedException.class,
                assertThrows(ExecutionException.class, endless::get).getCause());
    }

    @Test
    @DisplayName(
            "a stream of events has what came since it was made, and ends when it is closed or with the connection")
    void streams() throws Exception {
        EventStream events = here.events("tick");
        AsyncEventStream later = here.async()
                .events(EventMatch.of("tick").where(event -> (Long) event.getData() > 1))
                .get();
        for (long tick = 1; tick <= 3; tick++) {
            here.emit("tick", tick);
        }
        assertEquals(1L, events.next().getData());
        assertEquals(2L, events.next().getData());
        assertEquals(2L, later.next().get().getData());
        assertEquals(3L, later.next().get().getData());
        events.close();
        assertFalse(events.hasNext());
        EventStream end = here.events(LocalEvents.DISCONNECTED);
        CompletableFuture<HyphaEvent> none = later.next();
        here.close();
        assertNull(none.get());
        assertEquals(LocalEvents.DISCONNECTED, end.next().getType());
        assertFalse(end.hasNext());
    }

    @Test
    @DisplayName("an event that waits for the executor when its listener is closed is not heard")
    void closedWhileWaiting() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        List<String> heard = new CopyOnWriteArrayList<>();
        BlockingQueue<Runnable> given = new LinkedBlockingQueue<>();
        try (HyphaClient listener = hub.root().executor(given::add).connect()) {
            ListenerHandle handle = listener.on("news", event -> heard.add("closed"));
            listener.on("news", event -> heard.add("open"));
            listener.async().emit("news", 1);
            // As on the event thread of a user interface: what was queued runs after what closes its listener.
            Runnable queued = given.take();
            handle.close();
            queued.run();
            given.take().run();
            while (heard.isEmpty()) {
                given.take().run();
            }
            assertEquals(Collections.singletonList("open"), heard);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    @DisplayName("a listener that fails because something in it was cancelled is logged like any other")
    void cancelledInside() throws Exception {
        BlockingQueue<Throwable> logged = new LinkedBlockingQueue<>();
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        cancelled.cancel(true);
        try (HyphaClient listener =
                hub.root().logger((level, message, cause) -> logged.add(cause)).connect()) {
            listener.on("news", event -> cancelled.join());
            listener.emit("news", 1);
            assertInstanceOf(CancellationException.class, logged.take().getCause());
        }
    }

    @Test
    @DisplayName("a stream that is closed has no event any more, not even one that was looked at")
    void closedAhead() {
        EventStream events = here.events("tick");
        here.emit("tick", 1);
        assertTrue(events.hasNext());
        events.close();
        assertFalse(events.hasNext());
    }

    @Test
    @DisplayName("interrupting a thread that waits for an event closes its stream")
    void interruptedStream() {
        EventStream events = here.events("never");
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, events::hasNext);
        assertTrue(Thread.interrupted());
        assertFalse(events.hasNext());
    }

    /** All that this client has told itself is heard. */
    private void round() throws InterruptedException {
        CountDownLatch isHeard = new CountDownLatch(1);
        here.once("round", event -> isHeard.countDown());
        here.emit("round", null);
        isHeard.await();
    }
}
