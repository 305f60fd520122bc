package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.RemoteException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SmallPoolTest {
    private final List<ExecutorService> pools = new ArrayList<>();
    private TwoClients clients;

    @AfterEach
    void close() throws InterruptedException {
        clients.close();
        for (ExecutorService pool : pools) {
            pool.shutdownNow();
            assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS));
        }
    }

    @Test
    @DisplayName(
            "ten handlers that wait for each other come to an end in a pool of two threads that both clients share")
    void sharedPool() {
        ExecutorService pool = threads(2);
        clients = new TwoClients(pool, pool);
        assertEquals(10, pingPong().call("ping", Integer.class, 10));
    }

    @Test
    @DisplayName("ten handlers that wait for each other come to an end where each client has a pool of two threads")
    void ownPools() {
        clients = new TwoClients(threads(2), threads(2));
        assertEquals(10, pingPong().call("ping", Integer.class, 10));
    }

    @Test
    @DisplayName(
            "ten handlers that wait for each other come to an end in a pool of one thread that runs the first call too")
    void oneThread() throws Exception {
        ExecutorService pool = threads(1);
        clients = new TwoClients(pool, pool);
        HyphaService service = pingPong();
        assertEquals(
                10, pool.submit(() -> service.call("ping", Integer.class, 10)).get(60, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("ten handlers that wait for each other come to an end in a fork-join pool of one thread")
    void forkJoinPool() {
        ExecutorService pool = new ForkJoinPool(1);
        pools.add(pool);
        clients = new TwoClients(pool, pool);
        assertEquals(10, pingPong().call("ping", Integer.class, 10));
    }

    @Test
    @DisplayName("handlers may wait for futures, and for futures made of those, in a pool of one thread")
    void futures() {
        ExecutorService pool = threads(1);
        clients = new TwoClients(pool, pool);
        AtomicReference<HyphaAsyncService> self = new AtomicReference<>();
        HyphaService service = clients.offer(TwoClients.open("waiting")
                .function(
                        "descend",
                        Param.of("depth", Integer.class),
                        depth -> depth == 0
                                ? 0
                                : self.get()
                                        .call("descend", Integer.class, depth - 1)
                                        .thenApply(below -> below + 1)
                                        .join()));
        self.set(service.async());
        assertEquals(5, service.call("descend", Integer.class, 5));
    }

    @Test
    @DisplayName("callbacks that wait for calls that call them come to an end in a pool of one thread")
    void callbacks() {
        ExecutorService pool = threads(1);
        clients = new TwoClients(pool, pool);
        Param<HyphaFunction> function = Param.of("function", HyphaFunction.class);
        HyphaService service = clients.offer(TwoClients.open("callbacks")
                .function("apply", function, callback -> callback.call(Integer.class, callback)));
        AtomicReference<Integer> depth = new AtomicReference<>(5);
        Callback callback = Callback.returning(
                HyphaFunction.class,
                own -> depth.getAndUpdate(d -> d - 1) == 0 ? 1 : 1 + service.call("apply", Integer.class, own));
        assertEquals(6, service.call("apply", Integer.class, callback));
    }

    @Test
    @DisplayName("a pool of one thread runs one handler at a time, in the order of the calls that wait for it")
    void oneAtATime() throws Exception {
        ExecutorService pool = threads(1);
        clients = new TwoClients(pool, null);
        AtomicReference<Integer> inside = new AtomicReference<>(0);
        HyphaAsyncService service = clients.offer(TwoClients.open("serial").function("enter", () -> {
                    int now = inside.updateAndGet(count -> count + 1);
                    Thread.yield();
                    inside.updateAndGet(count -> count - 1);
                    return now;
                }))
                .async();
        List<CompletableFuture<Integer>> calls = new ArrayList<>();
        for (int call = 0; call < 200; call++) {
            calls.add(service.call("enter", Integer.class));
        }
        for (CompletableFuture<Integer> call : calls) {
            assertEquals(1, call.get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    @DisplayName("an executor that was shut down fails the calls it should serve, and the connection lives")
    void shutDown() throws Exception {
        ExecutorService handlers = threads(1);
        ExecutorService elsewhere = threads(1);
        clients = new TwoClients(handlers, null);
        HyphaService service = clients.offer(TwoClients.open("stopped").function("f", () -> 1));
        HyphaService running =
                clients.offer(TwoClients.open("running").executor(elsewhere).function("f", () -> 2));
        handlers.shutdown();
        RemoteException failure = assertThrows(RemoteException.class, () -> service.call("f", Integer.class));
        assertEquals("OverloadedError", failure.getRemoteType());
        assertTrue(failure.getMessage().contains("has been shut down"), failure.getMessage());
        assertEquals(2, running.call("f", Integer.class));
        CompletableFuture<String> both = clients.provider
                .async()
                .echo("here", String.class)
                .thenApply(text -> text + clients.provider.echo(" too", String.class));
        assertEquals("here too", both.get(30, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("calls that a stopped pool throws away fail too")
    void stoppedNow() throws Exception {
        ExecutorService pool = threads(1);
        clients = new TwoClients(pool, null);
        CountDownLatch isRunning = new CountDownLatch(1);
        HyphaAsyncService service = clients.offer(TwoClients.open("stopped").action("wait", () -> {
                    isRunning.countDown();
                    new CountDownLatch(1).await();
                }))
                .async();
        CompletableFuture<Void> first = service.call("wait", Void.class);
        assertTrue(isRunning.await(30, TimeUnit.SECONDS));
        CompletableFuture<Void> second = service.call("wait", Void.class);
        clients.provider.echo("a round trip");
        pool.shutdownNow();
        assertThrows(Exception.class, () -> first.get(30, TimeUnit.SECONDS));
        assertThrows(Exception.class, () -> second.get(30, TimeUnit.SECONDS));
    }

    /** A service of the provider and one of the caller, which call each other. */
    private HyphaService pingPong() {
        AtomicReference<HyphaService> ping = new AtomicReference<>();
        AtomicReference<HyphaService> pong = new AtomicReference<>();
        Param<Integer> depth = Param.of("depth", Integer.class);
        ping.set(clients.offer(TwoClients.open("ping")
                .function("ping", depth, d -> d == 0 ? 0 : 1 + pong.get().call("pong", Integer.class, d - 1))));
        String id = clients.caller
                .registerService(TwoClients.open("pong")
                        .function(
                                "pong", depth, d -> d == 0 ? 0 : 1 + ping.get().call("ping", Integer.class, d - 1))
                        .build())
                .getId();
        pong.set(clients.provider.getService(id));
        return ping.get();
    }

    private ExecutorService threads(int count) {
        ExecutorService pool = Executors.newFixedThreadPool(count);
        pools.add(pool);
        return pool;
    }
}
