package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.ConnectionClosedException;
import io.hypha.rpc.hub.HubOptions;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.service.ServiceInfo;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionStateTest {
    @Test
    @DisplayName("a client knows who and where it is, what it offers and what it keeps")
    void facts() {
        try (RootHub hub = new RootHub();
                HyphaClient client = hub.root().clientId("spade").connect()) {
            ConnectionDetails info = client.info();
            assertEquals("ConnectionDetails(garden/spade)", info.toString());
            assertEquals(hub.hub.getManagerId(), info.managerId());
            assertEquals(hub.url(), info.publicBaseUrl());
            assertEquals("garden", info.entries().get("workspace"));
            assertFalse(info.entries().containsKey("reconnection_token"));
            assertThrows(
                    UnsupportedOperationException.class, () -> info.entries().clear());
            assertEquals("root", client.user().getId());
            client.registerService(TwoClients.open("s").build());
            List<String> ids =
                    client.services().stream().map(ServiceInfo::getServiceId).collect(Collectors.toList());
            assertEquals(Arrays.asList("built-in", "s"), ids);
            assertEquals(0, client.statistics().getIncomingCalls());
            assertEquals(0, client.statistics().getQueuedMessages());
            assertEquals(0, client.statistics().getPacedMillis());
            assertEquals("Connected(generation=1)", client.state().toString());
        }
    }

    @Test
    @DisplayName("a listener is told the present state and the end, and goes on after it has failed")
    void states() throws Exception {
        BlockingQueue<ConnectionStatus> heard = new LinkedBlockingQueue<>();
        try (RootHub hub = new RootHub();
                HyphaClient client = hub.root().connect()) {
            client.onStateChange(state -> {
                heard.add(state);
                throw new Exception("cannot show it");
            });
            assertTrue(heard.take().isConnected());
            client.async().close();
            ConnectionStatus end = heard.take();
            assertTrue(end.isClosed());
            assertNull(end.cause());
            assertEquals("Closed(by the user)", client.state().toString());
        }
    }

    @Test
    @DisplayName("a listener that is closed hears nothing more")
    void closedListener() throws Exception {
        BlockingQueue<ConnectionStatus> closedHears = new LinkedBlockingQueue<>();
        BlockingQueue<ConnectionStatus> otherHears = new LinkedBlockingQueue<>();
        try (RootHub hub = new RootHub();
                HyphaClient client = hub.root().connect()) {
            ListenerHandle handle = client.onStateChange(closedHears::add);
            client.onStateChange(otherHears::add);
            closedHears.take();
            otherHears.take();
            handle.close();
            client.async().close();
            otherHears.take();
            assertTrue(closedHears.isEmpty());
        }
    }

    @Test
    @DisplayName("a listener that closes its own handle goes on to its end, and hears nothing more")
    void closingItself() throws Exception {
        CompletableFuture<ListenerHandle> handle = new CompletableFuture<>();
        CompletableFuture<String> outcome = new CompletableFuture<>();
        AtomicInteger heard = new AtomicInteger();
        try (RootHub hub = new RootHub();
                HyphaClient client = hub.root().connect()) {
            handle.complete(client.onStateChange(state -> {
                heard.incrementAndGet();
                handle.get().close();
                outcome.complete(Thread.currentThread().isInterrupted() ? "" : client.echo("done", String.class));
            }));
            assertEquals("done", outcome.get());
            CompletableFuture<ConnectionStatus> end = new CompletableFuture<>();
            client.onStateChange(state -> {
                if (state.isClosed()) {
                    end.complete(state);
                }
            });
            client.async().close();
            end.get();
            assertEquals(1, heard.get());
        }
    }

    @Test
    @DisplayName("serving ends quietly when the program closes its client, and with the reason otherwise")
    void serving() throws Exception {
        try (RootHub hub = new RootHub()) {
            HyphaClient closing = hub.root().connect();
            CompletableFuture<Void> served = closing.async().serve();
            closing.close();
            served.get();
            closing.serve();
            closing.async().awaitClosed().get();

            HyphaAsyncClient cut = hub.root().connectAsync().get();
            CompletableFuture<Void> serving = cut.serve();
            hub.hub.close();
            // Another server in its place, which knows neither the client nor its token.
            try (HyphaHub other =
                    HyphaHub.start(HubOptions.builder().port(hub.hub.getPort()).build())) {
                assertEquals(hub.hub.getPort(), other.getPort());
                ExecutionException failure = assertThrows(ExecutionException.class, serving::get);
                assertInstanceOf(ConnectionClosedException.class, failure.getCause());
                assertTrue(failure.getCause().getMessage().startsWith("Server refused reconnection: "));
                assertThrows(ConnectionClosedException.class, cut.blocking()::serve);
            }
        }
    }
}
