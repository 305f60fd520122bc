package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BlockingCallsTest {
    private TwoClients clients;

    @BeforeEach
    void connect() {
        clients = new TwoClients();
    }

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    @DisplayName("handlers that wait for each other, a hundred deep, do not run out of threads")
    void deepCalls() {
        AtomicReference<HyphaService> self = new AtomicReference<>();
        Param<Integer> depth = Param.of("depth", Integer.class);
        HyphaService service = clients.offer(TwoClients.open("deep")
                .function("descend", depth, d -> d == 0 ? 0 : 1 + self.get().call("descend", Integer.class, d - 1)));
        self.set(service);
        assertEquals(100, service.call("descend", Integer.class, 100));
    }

    @Test
    @DisplayName("a hundred handlers that block at once leave the connection free")
    void manyBlockedHandlers() throws Exception {
        CountDownLatch allBlocked = new CountDownLatch(100);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        HyphaService service = clients.offer(TwoClients.open("slow")
                .action("block", () -> {
                    allBlocked.countDown();
                    mayGoOn.await();
                })
                .function("quick", () -> "here"));
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int call = 0; call < 100; call++) {
            calls.add(onThread(() -> service.call("block", Void.class)));
        }
        assertTrue(allBlocked.await(30, TimeUnit.SECONDS));
        assertEquals("here", service.call("quick", String.class));
        mayGoOn.countDown();
        for (CompletableFuture<Void> call : calls) {
            call.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName("interrupting a call cancels it at the other side and keeps the flag")
    void interrupt() throws Exception {
        CountDownLatch isRunning = new CountDownLatch(1);
        CountDownLatch isInterrupted = new CountDownLatch(1);
        HyphaService service = clients.offer(TwoClients.open("endless").action("wait", () -> {
            isRunning.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                isInterrupted.countDown();
                throw e;
            }
        }));
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        AtomicBoolean isFlagKept = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            try {
                service.call("wait", Void.class);
                failure.complete(null);
            } catch (RuntimeException e) {
                isFlagKept.set(Thread.currentThread().isInterrupted());
                failure.complete(e);
            }
        });
        thread.start();
        assertTrue(isRunning.await(30, TimeUnit.SECONDS));
        thread.interrupt();
        assertInstanceOf(CancellationException.class, failure.get(30, TimeUnit.SECONDS));
        assertTrue(isFlagKept.get());
        assertTrue(isInterrupted.await(30, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("interrupting a thread that waits for an item ends the stream")
    void interruptedStream() throws Exception {
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch isClosed = new CountDownLatch(1);
        HyphaService service =
                clients.offer(TwoClients.open("silent").function("items", () -> java.util.stream.Stream.generate(() -> {
                            isAsked.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return 1;
                        })
                        .onClose(isClosed::countDown)));
        AtomicReference<Thread> thread = new AtomicReference<>();
        CompletableFuture<Boolean> waiting = onThread(() -> {
            thread.set(Thread.currentThread());
            return service.stream("items", Integer.class).hasNext();
        });
        assertTrue(isAsked.await(30, TimeUnit.SECONDS));
        thread.get().interrupt();
        Throwable failure = waiting.handle((result, thrown) -> thrown).get(30, TimeUnit.SECONDS);
        assertInstanceOf(CancellationException.class, failure);
        assertTrue(isClosed.await(30, TimeUnit.SECONDS));
    }

    private static <T> CompletableFuture<T> onThread(java.util.concurrent.Callable<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(action.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }
}
