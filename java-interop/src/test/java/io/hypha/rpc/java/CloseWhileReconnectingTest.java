package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.ConnectionClosedException;
import io.hypha.rpc.client.HyphaEvent;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a client that has no connection at the moment. */
@Timeout(60)
class CloseWhileReconnectingTest {
    private static final Duration SOON = Duration.ofSeconds(2);

    @Test
    @DisplayName("closing ends within two seconds all that waits, and leaves no thread that keeps the program")
    void waitingForTheNextAttempt() throws Exception {
        Set<Thread> before = lastingThreads();
        try (RestartingHub hub = new RestartingHub()) {
            HyphaClient client = hub.ann().reconnect(attempt -> Long.MAX_VALUE).connect();
            client.registerService(TwoClients.open("s").build());
            CompletableFuture<Void> served = client.async().serve();
            CompletableFuture<HyphaEvent> event = client.async().waitFor("news", 1, TimeUnit.HOURS);
            hub.stopFor(client);
            CompletableFuture<String> call = client.async().echo("x", String.class);
            CompletableFuture<Throwable> waited = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    waited.complete(assertThrows(RuntimeException.class, () -> client.echo("y")));
                } catch (AssertionError e) {
                    waited.completeExceptionally(e);
                }
            });
            thread.start();
            client.close();
            assertTimeoutPreemptively(SOON, () -> {
                client.awaitClosed();
                served.get();
                assertInstanceOf(ConnectionClosedException.class, waited.get());
                assertInstanceOf(ConnectionClosedException.class, failureOf(call));
                assertInstanceOf(ConnectionClosedException.class, failureOf(event));
                thread.join();
            });
            assertTrue(client.state().isClosed());
            assertEquals(0, client.statistics().getSessions());
        }
        Set<Thread> more = lastingThreads();
        more.removeAll(before);
        assertEquals(Collections.emptySet(), more);
    }

    @Test
    @DisplayName("closing in the middle of an attempt ends that too")
    void inAnAttempt() throws Exception {
        try (RestartingHub hub = new RestartingHub()) {
            HyphaClient client = hub.ann().reconnect(attempt -> 0).connect();
            hub.stopFor(client);
            client.close();
            assertTimeoutPreemptively(SOON, client::awaitClosed);
            int generation = client.state().generation();
            hub.start();
            client.forceReconnect();
            assertEquals(generation, client.state().generation());
            assertTrue(client.state().isClosed());
        }
    }

    private static Throwable failureOf(CompletableFuture<?> future) {
        return assertThrows(CompletionException.class, future::join).getCause();
    }

    /**
     * Those that keep a program alive, but for one of Netty's in the hub, which ends by itself when it has had nothing
     * to do.
     */
    private static Set<Thread> lastingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon() && !thread.getName().startsWith("globalEventExecutor"))
                .collect(Collectors.toSet());
    }
}
