package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.MethodNotFoundException;
import io.hypha.rpc.RemoteException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FuturesTest {
    private final CountDownLatch isRunning = new CountDownLatch(1);
    private final CountDownLatch isInterrupted = new CountDownLatch(1);
    private final CompletableFuture<String> pending = new CompletableFuture<>();

    private TwoClients clients;
    private HyphaAsyncService service;

    @BeforeEach
    void offer() {
        clients = new TwoClients();
        Param<String> text = Param.of("text", String.class);
        Param<HyphaFunction> function = Param.of("function", HyphaFunction.class);
        service = clients.offer(TwoClients.open("futures")
                        .function("echo", text, value -> value)
                        .action("fail", () -> {
                            throw new IllegalStateException("no spores");
                        })
                        .action("wait", this::waitForEver)
                        .function("later", text, value -> CompletableFuture.supplyAsync(() -> value + " later"))
                        .function("never", () -> {
                            isRunning.countDown();
                            return pending;
                        })
                        .function(
                                "failLater",
                                () -> CompletableFuture.supplyAsync(() -> {
                                    throw new IllegalStateException("no spores later");
                                }))
                        .function("apply", function, callback -> callback.call(String.class, "x")))
                .async();
    }

    @AfterEach
    void close() {
        clients.close();
    }

    private void waitForEver() throws InterruptedException {
        isRunning.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            isInterrupted.countDown();
            throw e;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("cancelling a future interrupts the handler at the other side")
    void cancel(boolean mayInterrupt) throws Exception {
        CompletableFuture<Void> call = service.call("wait", Void.class);
        assertTrue(isRunning.await(30, TimeUnit.SECONDS));
        assertTrue(call.cancel(mayInterrupt));
        assertTrue(isInterrupted.await(30, TimeUnit.SECONDS));
        assertEquals(
                "still there", service.call("echo", String.class, "still there").get(30, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("a time-out of the future's own interrupts the handler at the other side")
    void timeout() throws Exception {
        CompletableFuture<Void> call = service.call("wait", Void.class);
        assertTrue(isRunning.await(30, TimeUnit.SECONDS));
        call.orTimeout(1, TimeUnit.NANOSECONDS);
        assertTrue(isInterrupted.await(30, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("cancelling a future that is complete changes nothing")
    void cancelLate() throws Exception {
        CompletableFuture<String> call = service.call("echo", String.class, "done");
        assertEquals("done", call.get(30, TimeUnit.SECONDS));
        assertEquals(false, call.cancel(true));
        assertEquals("done", call.join());
    }

    @Test
    @DisplayName("what depends on a future may make blocking calls")
    void dependents() throws Exception {
        CompletableFuture<String> twice = service.call("echo", String.class, "a")
                .thenApply(first -> first + service.blocking().call("echo", String.class, "b"))
                .thenApply(
                        both -> both + service.call("echo", String.class, "c").join());
        assertEquals("abc", twice.get(30, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("the cause of a failed future is the exception that the blocking call throws")
    void failure() {
        CompletableFuture<Void> call = service.call("fail", Void.class);
        ExecutionException got = assertThrows(ExecutionException.class, () -> call.get(30, TimeUnit.SECONDS));
        RemoteException cause = assertInstanceOf(RemoteException.class, got.getCause());
        assertEquals("no spores", cause.getRemoteMessage());
        assertInstanceOf(
                RemoteException.class,
                assertThrows(CompletionException.class, call::join).getCause());
    }

    @Test
    @DisplayName("a function that the service does not have is a failed future, and a stream that fails")
    void unknownFunction() {
        CompletableFuture<String> call = service.call("nothing", String.class);
        assertInstanceOf(
                MethodNotFoundException.class,
                assertThrows(CompletionException.class, call::join).getCause());
        CompletableFuture<Void> stream = service.stream("nothing", String.class).forEach(item -> {});
        assertInstanceOf(
                MethodNotFoundException.class,
                assertThrows(CompletionException.class, stream::join).getCause());
    }

    @Test
    @DisplayName("a handler or callback that returns a future is waited for")
    void handlersWithFutures() {
        assertEquals("spores later", service.blocking().call("later", String.class, "spores"));
        RemoteException failure =
                assertThrows(RemoteException.class, () -> service.blocking().call("failLater", String.class));
        assertEquals("no spores later", failure.getRemoteMessage());
        Callback callback = Callback.returning(String.class, x -> CompletableFuture.supplyAsync(() -> x + "y"));
        assertEquals("xy", service.blocking().call("apply", String.class, callback));
    }

    @Test
    @DisplayName("a future that a handler has returned is cancelled when the caller gives up")
    void handlerFutureCancelled() throws Exception {
        CompletableFuture<String> call = service.call("never", String.class);
        assertTrue(isRunning.await(30, TimeUnit.SECONDS));
        call.cancel(true);
        assertNull(pending.handle((value, failure) -> value).get(30, TimeUnit.SECONDS));
        assertTrue(pending.isCancelled());
    }
}
