package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.ConnectionClosedException;
import io.hypha.rpc.HyphaException;
import io.hypha.rpc.client.HyphaEvent;
import io.hypha.rpc.client.LocalEvents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What outlives the loss of a connection, over a hub that is stopped and started again. */
@Timeout(60)
class ReconnectionTest {
    interface Adder {
        int add(int a, int b);

        CompletableFuture<Integer> later(int a);
    }

    @Test
    @DisplayName("services, proxies and whoever serves live on when the hub is started anew")
    void serving() throws Exception {
        try (RestartingHub hub = new RestartingHub();
                HyphaClient provider = hub.ann().connect();
                HyphaClient caller = hub.ann().connect()) {
            HyphaService service =
                    caller.getService(provider.registerService(adder(0)).getId());
            Adder adder = service.proxy(Adder.class);
            CompletableFuture<Void> served = provider.async().serve();
            hub.restartFor(provider, caller);
            assertEquals(3, adder.add(1, 2));
            assertEquals(4, adder.later(4).get());
            assertEquals(5, service.call("add", Integer.class, 2, 3));
            assertEquals(1, caller.listServices("*:adder").size());
            hub.restartFor(provider, caller);
            assertEquals(3, adder.add(1, 2));
            assertFalse(served.isDone());
            assertEquals(3, caller.state().generation());
            provider.async().close();
            served.get();
        }
    }

    @Test
    @DisplayName("a proxy works again when its provider has come back as another client")
    void providerRestarts() throws Exception {
        try (RestartingHub hub = new RestartingHub();
                HyphaClient caller = hub.ann().connect()) {
            Adder adder;
            try (HyphaClient provider = hub.ann().connect()) {
                provider.registerService(adder(0));
                adder = caller.getService("adder").proxy(Adder.class);
                assertEquals(3, adder.add(1, 2));
                hub.stop();
            }
            hub.start();
            RestartingHub.awaitGeneration(caller, 2);
            try (HyphaClient provider = hub.ann().connect()) {
                provider.registerService(adder(100));
                assertEquals(103, adder.add(1, 2));
            }
        }
    }

    @Test
    @DisplayName("a call that runs while the hub is started anew ends with its result, and runs once")
    void callsInFlight() throws Exception {
        CountDownLatch isRunning = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        BlockingQueue<Integer> runs = new LinkedBlockingQueue<>();
        try (RestartingHub hub = new RestartingHub();
                HyphaClient provider = hub.ann().connect();
                HyphaClient caller = hub.ann().connect()) {
            provider.registerService(TwoClients.open("slow")
                    .function("slow", () -> {
                        runs.add(1);
                        isRunning.countDown();
                        mayEnd.await();
                        return "done";
                    })
                    .build());
            HyphaService slow = caller.getService("slow");
            CompletableFuture<String> later = slow.async().call("slow", String.class);
            isRunning.await();
            hub.restartFor(provider, caller);
            mayEnd.countDown();
            assertEquals("done", later.get());
            assertEquals(1, runs.size());
        }
    }

    @Test
    @DisplayName("what is called while there is no connection waits for it, on threads and in futures")
    void waiting() throws Exception {
        try (RestartingHub hub = new RestartingHub();
                HyphaClient client = hub.ann().connect()) {
            hub.stopFor(client);
            CompletableFuture<String> later = client.async().echo("later", String.class);
            CompletableFuture<String> waited = new CompletableFuture<>();
            Thread thread = waiting(waited, () -> client.echo("waited", String.class));
            assertFalse(later.isDone());
            hub.start();
            assertEquals("waited", waited.get());
            assertEquals("later", later.get());
            thread.join();
        }
    }

    @Test
    @DisplayName("with no time to wait a call fails at once, and says that it did not run")
    void notWaiting() throws Exception {
        try (RestartingHub hub = new RestartingHub();
                HyphaClient client =
                        hub.ann().reconnectWait(0, TimeUnit.SECONDS).connect()) {
            hub.stopFor(client);
            ConnectionClosedException failure = assertThrows(ConnectionClosedException.class, () -> client.echo(1));
            assertTrue(failure.getDidNotRun());
            ExecutionException later = assertThrows(
                    ExecutionException.class, () -> client.async().echo(1).get());
            ConnectionClosedException cause = assertInstanceOf(ConnectionClosedException.class, later.getCause());
            assertTrue(cause.getDidNotRun());
            hub.start();
            RestartingHub.awaitGeneration(client, 2);
            assertEquals("back", client.echo("back", String.class));
        }
    }

    @Test
    @DisplayName("a call that has waited for as long as it may fails, and says that it did not run")
    void waitingInVain() throws Exception {
        try (RestartingHub hub = new RestartingHub();
                HyphaClient client =
                        hub.ann().reconnectWait(50, TimeUnit.MILLISECONDS).connect()) {
            hub.stopFor(client);
            ConnectionClosedException failure = assertThrows(ConnectionClosedException.class, () -> client.echo(1));
            assertTrue(failure.getDidNotRun());
        }
    }

    @Test
    @DisplayName("who gives up while there is no connection has sent nothing")
    void givingUp() throws Exception {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        try (RestartingHub hub = new RestartingHub();
                HyphaClient provider = hub.ann().connect();
                HyphaClient caller = hub.ann().connect()) {
            provider.registerService(TwoClients.open("ears")
                    .action("hear", Param.of("word", String.class), heard::add)
                    .build());
            HyphaService ears = caller.getService("ears");
            hub.stopFor(caller);
            CompletableFuture<Void> cancelled = ears.async().call("hear", Void.class, "cancelled");
            cancelled.cancel(true);
            CompletableFuture<Boolean> staysInterrupted = new CompletableFuture<>();
            Thread thread = waiting(staysInterrupted, () -> {
                assertThrows(
                        java.util.concurrent.CancellationException.class,
                        () -> ears.call("hear", Void.class, "interrupted"));
                return Thread.currentThread().isInterrupted();
            });
            thread.interrupt();
            assertTrue(staysInterrupted.get());
            hub.start();
            RestartingHub.awaitGeneration(provider, 2);
            RestartingHub.awaitGeneration(caller, 2);
            ears.call("hear", Void.class, "last");
            assertEquals(Collections.singletonList("last"), heard);
        }
    }

    @Test
    @DisplayName("listeners and subscriptions live on, and hear that the connection and the services are back")
    void events() throws Exception {
        BlockingQueue<HyphaEvent> heard = new LinkedBlockingQueue<>();
        try (RestartingHub hub = new RestartingHub();
                HyphaClient listener = hub.ann().clientId("listener").connect();
                HyphaClient sender = hub.ann().connect()) {
            listener.registerService(adder(0));
            listener.on(LocalEvents.SERVICES_REGISTERED, heard::add);
            listener.on(LocalEvents.CONNECTED, heard::add);
            listener.subscribe("news", heard::add);
            hub.restartFor(listener, sender);
            HyphaEvent registered = heard.take();
            assertEquals(LocalEvents.SERVICES_REGISTERED, registered.getType());
            Map<?, ?> services = (Map<?, ?>) registered.getData();
            assertEquals(2L, services.get("total"));
            assertEquals(2L, services.get("registered"));
            assertEquals(Collections.emptyList(), services.get("failed"));
            HyphaEvent connected = heard.take();
            assertEquals(LocalEvents.CONNECTED, connected.getType());
            Map<?, ?> info = (Map<?, ?>) connected.getData();
            assertEquals("listener", info.get("client_id"));
            assertFalse(info.containsKey("reconnection_token"));
            sender.emit("news", "we are back", "*");
            assertEquals("we are back", heard.take().getData());
        }
    }

    @Test
    @DisplayName("a connection can be made anew at any time, also when the strategy would wait for ever")
    void forced() throws Exception {
        BlockingQueue<AttemptDetails> asked = new LinkedBlockingQueue<>();
        try (RestartingHub hub = new RestartingHub();
                HyphaClient client = hub.ann()
                        .reconnect(attempt -> {
                            asked.add(attempt);
                            return Long.MAX_VALUE;
                        })
                        .connect()) {
            client.forceReconnect();
            RestartingHub.awaitGeneration(client, 2);
            assertEquals(1, client.echo(1, Integer.class));
            asked.clear();
            hub.stopFor(client);
            ConnectionStatus down = client.state();
            assertEquals(ConnectionStatus.Kind.RECONNECTING, down.kind());
            assertEquals(1, down.attempt());
            assertTrue(down.retryIn().toDays() > 10_000, down::toString);
            assertTrue(down.retryIn(TimeUnit.DAYS) > 10_000, down::toString);
            assertInstanceOf(ConnectionClosedException.class, down.cause());
            AttemptDetails attempt = asked.take();
            assertEquals(1, attempt.number());
            assertEquals(down.cause(), attempt.cause());
            hub.start();
            client.forceReconnect();
            RestartingHub.awaitGeneration(client, 3);
            assertEquals(1, client.echo(1, Integer.class));
            assertNull(client.state().cause());
            assertEquals(0, client.state().retryIn(TimeUnit.NANOSECONDS));
        }
    }

    @Test
    @DisplayName("when the strategy gives up, the connection has ended with the reason, and so have its calls")
    void givenUp() throws Exception {
        try (RestartingHub hub = new RestartingHub();
                HyphaAsyncClient client = hub.ann()
                        .reconnect(attempt -> attempt.number() > 2 ? ReconnectStrategy.GIVE_UP : 0)
                        .connectAsync()
                        .get()) {
            CompletableFuture<Void> served = client.serve();
            CompletableFuture<HyphaEvent> last = new CompletableFuture<>();
            client.on(LocalEvents.DISCONNECTED, last::complete);
            hub.stop();
            ExecutionException failure = assertThrows(ExecutionException.class, served::get);
            assertInstanceOf(ConnectionClosedException.class, failure.getCause());
            client.awaitClosed().get();
            ConnectionStatus end = client.state();
            assertTrue(end.isClosed());
            assertInstanceOf(ConnectionClosedException.class, end.cause());
            assertEquals(end.cause().getMessage(), ((Map<?, ?>) last.get().getData()).get("reason"));
            HyphaException late = assertThrows(
                    ConnectionClosedException.class, () -> client.blocking().echo(1));
            assertTrue(late.getDidNotRun());
        }
    }

    @Test
    @DisplayName(
            "a strategy that waits for a call of its own is refused that, and ends the connection like one that throws")
    void strategiesDoNotWait() throws Exception {
        CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        CompletableFuture<HyphaClient> itself = new CompletableFuture<>();
        try (RestartingHub hub = new RestartingHub();
                HyphaClient client = hub.ann()
                        .reconnect(attempt -> {
                            try {
                                return itself.join().echo(1L, Long.class);
                            } catch (RuntimeException e) {
                                refusal.complete(e);
                                throw e;
                            }
                        })
                        .connect()) {
            itself.complete(client);
            hub.stop();
            client.awaitClosed();
            IllegalStateException refused = assertInstanceOf(IllegalStateException.class, refusal.get());
            assertTrue(refused.getMessage().contains("the reconnect strategy"), refused::getMessage);
        }
    }

    /** A thread that runs the action, when that waits; {@code end} gets its result or its failure. */
    private static <T> Thread waiting(CompletableFuture<T> end, Callable<T> action) {
        Runnable ending = () -> {
            try {
                end.complete(action.call());
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        };
        Thread thread = new Thread(ending, "waiting");
        thread.start();
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            assertTrue(thread.isAlive());
            Thread.onSpinWait();
        }
        return thread;
    }

    private static ServiceDefinition adder(int more) {
        return TwoClients.open("adder")
                .function("add", Param.of("a", Integer.class), Param.of("b", Integer.class), (a, b) -> a + b + more)
                .function("later", Param.of("a", Integer.class), a -> CompletableFuture.completedFuture(a))
                .build();
    }
}
