package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.AuthenticationException;
import io.hypha.rpc.ConnectionClosedException;
import io.hypha.rpc.HyphaLogger;
import io.hypha.rpc.OverloadedException;
import io.hypha.rpc.RemoteException;
import io.hypha.rpc.service.CaseConversion;
import io.hypha.rpc.service.ServiceInfo;
import io.hypha.rpc.wire.WireLimits;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClientOptionsTest {
    @Test
    @DisplayName("a connection can be made with every option, and works")
    void everyOption() {
        try (RootHub hub = new RootHub();
                HyphaClient client = hub.root()
                        .clientId("spade")
                        .timeout(Duration.ofSeconds(20))
                        .interfaceTimeout(8, TimeUnit.SECONDS)
                        .interfaceTimeout(Duration.ofSeconds(9))
                        .connectTimeout(20, TimeUnit.SECONDS)
                        .pingInterval(Long.MAX_VALUE, TimeUnit.SECONDS)
                        .pingInterval(Duration.ofSeconds(9))
                        .pingTimeout(5, TimeUnit.SECONDS)
                        .pingTimeout(Duration.ofSeconds(9))
                        .reconnect(Backoff.between(1, 2, TimeUnit.SECONDS))
                        .reconnectWait(0, TimeUnit.SECONDS)
                        .reconnectWait(Duration.ofSeconds(9))
                        .callerGrace(0, TimeUnit.SECONDS)
                        .callerGrace(Duration.ofSeconds(9))
                        .messageRate(1000)
                        .messageBurst(2000)
                        .tokenRefreshInterval(1, TimeUnit.HOURS)
                        .tokenRefreshInterval(Duration.ofHours(1))
                        .idleSession(5, TimeUnit.MINUTES)
                        .idleSession(Duration.ofMinutes(5))
                        .appId("shed")
                        .header("X-One", "1")
                        .headers(Collections.singletonMap("X-Two", "2"))
                        .logger(HyphaLogger.Silent)
                        .limits(WireLimits.Default)
                        .maxIncomingCalls(10)
                        .maxIncomingBytes(1 << 20)
                        .maxLongMessageBytes(1 << 20)
                        .maxFrameSize(1 << 24)
                        .connect()) {
            assertEquals("garden/spade", client.workspace() + "/" + client.clientId());
            ServiceInfo info = client.registerService(TwoClients.open("s").build());
            assertEquals("shed", info.getAppId());
            assertEquals(1, client.echo(1, Integer.class));
        }
    }

    @Test
    @DisplayName(
            "every time that is longer than nothing is taken, however long, and no other one but to wait for nothing")
    void times() {
        HyphaClientBuilder builder = Hypha.builder("http://127.0.0.1:1");
        builder.timeout(Long.MAX_VALUE, TimeUnit.DAYS).timeout(Duration.ofSeconds(Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> builder.timeout(0, TimeUnit.DAYS));
        assertThrows(IllegalArgumentException.class, () -> builder.timeout(Long.MIN_VALUE, TimeUnit.DAYS));
        assertThrows(IllegalArgumentException.class, () -> builder.timeout(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> builder.timeout(Duration.ofSeconds(Long.MIN_VALUE)));
        builder.reconnectWait(0, TimeUnit.DAYS).reconnectWait(Duration.ofSeconds(Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> builder.reconnectWait(-1, TimeUnit.DAYS));
        assertThrows(IllegalArgumentException.class, () -> builder.reconnectWait(Duration.ofSeconds(-1)));
    }

    @Test
    @DisplayName("a builder makes several connections, each with what was set when it was asked for it")
    void severalConnections() {
        try (RootHub hub = new RootHub()) {
            HyphaClientBuilder builder = hub.root().clientId("spade");
            try (HyphaClient spade = builder.connect();
                    HyphaClient rake = builder.clientId("rake").connect()) {
                assertEquals("spade", spade.clientId());
                assertEquals("rake", rake.clientId());
                assertEquals("hi", spade.echo("hi", String.class));
            }
        }
    }

    @Test
    @DisplayName("headers go with the upgrade request, and no token does")
    void headers() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<HyphaAsyncClient> connecting = Hypha.builder("http://127.0.0.1:" + server.getLocalPort())
                    .token("s3cret")
                    .header("X-Gate", "open")
                    .connectAsync();
            List<String> request = new ArrayList<>();
            try (Socket socket = server.accept();
                    BufferedReader reader = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
                    request.add(line);
                }
            }
            assertTrue(request.contains("X-Gate: open"), request::toString);
            assertFalse(request.toString().contains("s3cret"));
            ExecutionException failure = assertThrows(ExecutionException.class, connecting::get);
            assertInstanceOf(ConnectionClosedException.class, failure.getCause());
        }
    }

    @Test
    @DisplayName("without a URL the environment says where to connect, and as whom")
    void environment() throws Exception {
        try (RootHub hub = new RootHub()) {
            Map<String, String> variables = new TreeMap<>();
            variables.put("HYPHA_SERVER_URL", hub.url());
            variables.put("HYPHA_TOKEN", RootHub.TOKEN);
            variables.put("HYPHA_WORKSPACE", "garden");
            variables.put("HYPHA_CLIENT_ID", "rake");
            try (HyphaClient client =
                    Hypha.builder().environment(variables::get).connect()) {
                assertEquals("HyphaClient(garden/rake)", client.toString());
            }
            try (HyphaAsyncClient client = Hypha.builder()
                    .environment(variables::get)
                    .clientId("hoe")
                    .connectAsync()
                    .get()) {
                assertEquals("HyphaAsyncClient(garden/hoe)", client.toString());
            }
            HyphaClientBuilder nowhere = Hypha.builder().environment(name -> null);
            assertThrows(IllegalArgumentException.class, nowhere::connect);
            assertThrows(IllegalStateException.class, nowhere::getRemoteService);
        }
    }

    @Test
    @DisplayName("a connection made later fails with what a blocking one throws")
    void connectingLater() throws Exception {
        try (RootHub hub = new RootHub()) {
            CompletableFuture<HyphaAsyncClient> refused =
                    Hypha.builder(hub.url()).token("no.such.token").connectAsync();
            ExecutionException failure = assertThrows(ExecutionException.class, refused::get);
            assertInstanceOf(AuthenticationException.class, failure.getCause());
            try (HyphaAsyncClient client = Hypha.connectAsync(hub.url()).get()) {
                assertEquals("hi", client.echo("hi", String.class).get());
            }
        }
    }

    @Test
    @DisplayName("nothing that is said of a builder holds a token")
    void secrets() {
        HyphaClientBuilder builder = Hypha.builder("http://127.0.0.1:1/s3cret").token("s3cret");
        assertFalse(builder.header("Authorization", "s3cret").toString().contains("s3cret"));
        assertFalse(TokenSettings.create().email("s3cret").toString().contains("s3cret"));
    }

    @Test
    @DisplayName("a logger hears of a handler that fails, where that runs")
    void failures() throws Exception {
        BlockingQueue<Throwable> causes = new LinkedBlockingQueue<>();
        HyphaLogger logger = (level, message, cause) -> {
            if (message.contains("services.broken.fail failed")) {
                causes.add(cause);
            }
        };
        try (TwoClients clients = new TwoClients();
                HyphaClient provider =
                        Hypha.builder(clients.hub.getUrl()).logger(logger).connect()) {
            ServiceDefinition broken = TwoClients.open("broken")
                    .action("fail", () -> {
                        throw new IllegalStateException("of no use");
                    })
                    .build();
            String id = provider.registerService(broken).getId();
            assertThrows(
                    RemoteException.class, () -> clients.caller.getService(id).call("fail", Void.class));
            assertEquals("of no use", causes.take().getMessage());
        }
    }

    @Test
    @DisplayName("a logger hears what happens")
    void logger() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        CountDownLatch hasFailed = new CountDownLatch(1);
        HyphaLogger logger = (level, message, cause) -> {
            if (level == HyphaLogger.Level.Error) {
                heard.add(level + " " + message + " " + cause.getMessage());
                hasFailed.countDown();
            }
        };
        try (RootHub hub = new RootHub();
                HyphaClient client = hub.root().logger(logger).connect()) {
            client.on("news", event -> {
                throw new IllegalStateException("no news");
            });
            client.emit("news", 1);
            hasFailed.await();
        }
        assertEquals("Error a listener of 'news' failed no news", heard.get(0));
    }

    @Test
    @DisplayName("a client that admits one call at a time refuses the second")
    void admission() throws Exception {
        try (RootHub hub = new RootHub();
                HyphaClient provider = hub.root().maxIncomingCalls(1).connect();
                HyphaClient caller = hub.root().connect()) {
            CountDownLatch isRunning = new CountDownLatch(1);
            CountDownLatch mayEnd = new CountDownLatch(1);
            provider.registerService(TwoClients.open("slow")
                    .action("wait", () -> {
                        isRunning.countDown();
                        mayEnd.await();
                    })
                    .build());
            HyphaService slow = caller.getService("slow");
            CompletableFuture<Void> first = slow.async().call("wait", Void.class);
            isRunning.await();
            assertThrows(OverloadedException.class, () -> slow.call("wait", Void.class));
            mayEnd.countDown();
            first.get();
        }
    }

    @Test
    @DisplayName("names are converted as the connection says, unless the look-up says otherwise")
    void caseConversion() {
        try (RootHub hub = new RootHub();
                HyphaClient client =
                        hub.root().caseConversion(CaseConversion.Camel).connect()) {
            client.registerService(
                    TwoClients.open("s").function("say_hello", () -> "hello").build());
            assertEquals("hello", client.getService("s").call("sayHello", String.class));
            LookupSettings asItIs = LookupSettings.create().caseConversion(null);
            assertEquals("hello", client.getService("s", asItIs).call("say_hello", String.class));
        }
    }
}
