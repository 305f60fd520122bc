package io.hypha.rpc.samples;

import io.hypha.rpc.PeerGoneException;
import io.hypha.rpc.hub.HubOptions;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.Backoff;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.ListenerHandle;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.ServiceDefinition;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Shows where the connection stands, and goes on working when the server is started anew. With a hub of its own. */
public final class JavaOutage {
    private JavaOutage() {}

    /** Starts a hub, a provider and a caller, and stops the hub in between. */
    public static void main(String[] args) throws InterruptedException {
        HyphaHub hub = startHub(0);
        String token = hub.createToken("ada");
        try (HyphaClient provider = connect(hub.getUrl(), token);
                HyphaClient client = connect(hub.getUrl(), token)) {
            provider.registerService(ServiceDefinition.builder("seats")
                    .function("book", Param.of("seat", Integer.class), seat -> "seat " + seat + " is booked")
                    .build());
            CountDownLatch isOffline = new CountDownLatch(1);
            ListenerHandle showing = show(client, words -> {
                System.out.println(words);
                if (words.startsWith("offline")) {
                    isOffline.countDown();
                }
            });
            HyphaService seats = client.getService("seats");
            System.out.println(book(seats, 1));

            hub.close();
            isOffline.await();
            CompletableFuture<HyphaHub> restarted = CompletableFuture.supplyAsync(() -> startHub(hub.getPort()));
            System.out.println(book(seats, 2)); // waits for the hub
            showing.close();
            restarted.join().close();
        }
    }

    /** With the same secret each time, so that a token stays good. */
    private static HyphaHub startHub(int port) {
        return HyphaHub.start(HubOptions.builder()
                .port(port)
                .jwtSecret("a secret that is for this program only")
                .build());
    }

    // tag::java-reconnect[]
    static HyphaClient connect(String url, String token) {
        return Hypha.builder(url)
                .token(token)
                .reconnect(Backoff.between(100, 30_000, TimeUnit.MILLISECONDS))
                .reconnectWait(10, TimeUnit.SECONDS) // for calls that are made while there is no connection
                .connect();
    }
    // end::java-reconnect[]

    // tag::java-connection-state[]
    static ListenerHandle show(HyphaClient client, Consumer<String> statusBar) {
        return client.onStateChange(state -> {
            switch (state.kind()) {
                case CONNECTED:
                    statusBar.accept("online");
                    break;
                case RECONNECTING:
                    statusBar.accept(
                            "offline, attempt " + state.attempt() + " in " + state.retryIn(TimeUnit.SECONDS) + " s");
                    break;
                default:
                    statusBar.accept("closed: " + state.cause());
            }
        });
    }
    // end::java-connection-state[]

    // tag::java-did-not-run[]
    static String book(HyphaService seats, int seat) throws InterruptedException {
        for (int attempt = 0; attempt < 50; attempt++) {
            try {
                return seats.call("book", String.class, seat);
            } catch (PeerGoneException e) {
                if (!e.getDidNotRun()) {
                    throw e; // the seat may be booked: a repetition could book it twice
                }
                Thread.sleep(100); // certainly not booked: the provider has not come back yet
            }
        }
        return seats.call("book", String.class, seat);
    }
    // end::java-did-not-run[]
}
