package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hypha.rpc.AuthenticationException;
import io.hypha.rpc.ConnectionClosedException;
import io.hypha.rpc.hub.HubOptions;
import io.hypha.rpc.hub.HyphaHub;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConnectTest {
    @Test
    @DisplayName("the options decide who connects, and where")
    void options() {
        String token = "a root token of at least 32 characters";
        HubOptions.Builder options = new HubOptions.Builder();
        options.setRootToken(token);
        try (HyphaHub hub = HyphaHub.start(options.build())) {
            hub.createWorkspace("garden", Collections.emptyList());
            try (HyphaClient client = Hypha.builder(hub.getUrl())
                    .token(token)
                    .workspace("garden")
                    .clientId("spade")
                    .timeout(10, TimeUnit.SECONDS)
                    .connectTimeout(Duration.ofSeconds(10))
                    .connect()) {
                assertEquals("HyphaClient(garden/spade)", client.toString());
            }
        }
    }

    @Test
    @DisplayName("a server that refuses the token is an authentication error")
    void badToken() {
        try (HyphaHub hub = HyphaHub.start()) {
            HyphaClientBuilder stranger = Hypha.builder(hub.getUrl()).token("no.such.token");
            assertThrows(AuthenticationException.class, stranger::connect);
        }
    }

    @Test
    @DisplayName("a server that is not there is a closed connection")
    void noServer() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThrows(ConnectionClosedException.class, () -> Hypha.connect("http://127.0.0.1:" + port));
    }

    @Test
    @DisplayName("bad options are refused before anything is sent")
    void badOptions() {
        assertThrows(IllegalArgumentException.class, () -> Hypha.connect("nonsense"));
        HyphaClientBuilder builder = Hypha.builder("http://127.0.0.1:1");
        assertThrows(IllegalArgumentException.class, () -> builder.timeout(0, TimeUnit.SECONDS));
        assertThrows(IllegalArgumentException.class, () -> builder.connectTimeout(Duration.ofSeconds(-1)));
        assertThrows(
                IllegalArgumentException.class, () -> builder.clientId("a/b").connect());
    }

    @Test
    @DisplayName("closing ends running calls and refuses new ones, and may be repeated")
    void closing() throws InterruptedException {
        try (TwoClients clients = new TwoClients()) {
            CountDownLatch isRunning = new CountDownLatch(1);
            HyphaService service = clients.offer(TwoClients.open("s").action("wait", () -> {
                isRunning.countDown();
                new CountDownLatch(1).await();
            }));
            Thread closer = new Thread(() -> {
                try {
                    isRunning.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                clients.caller.close();
            });
            closer.start();
            assertThrows(ConnectionClosedException.class, () -> service.call("wait", Void.class));
            assertThrows(ConnectionClosedException.class, () -> service.call("wait", Void.class));
            closer.join();
            clients.caller.close();
            clients.caller.awaitClosed();
        }
    }

    @Test
    @DisplayName("a longer time than the engine counts is no limit")
    void endlessTimeouts() {
        assertEquals(Long.MAX_VALUE, Nanoseconds.of(Duration.ofDays(365_000)));
        assertEquals(Long.MAX_VALUE, Nanoseconds.of(Long.MAX_VALUE, TimeUnit.SECONDS));
        assertEquals(1_500_000_000L, Nanoseconds.of(Duration.ofMillis(1500)));
    }
}
