package io.hypha.rpc.java;

import io.hypha.rpc.hub.HubOptions;
import io.hypha.rpc.hub.HyphaHub;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A hub that is stopped and started again at the same address; clients are all of one user, whose token stays good. */
final class RestartingHub implements AutoCloseable {
    private static final String SECRET = "a-secret-that-is-for-this-test-only";

    private final int port;
    private final String token;
    private HyphaHub hub;

    RestartingHub() {
        hub = HyphaHub.start(HubOptions.builder().jwtSecret(SECRET).build());
        port = hub.getPort();
        token = hub.createToken("ann");
    }

    /** A client that comes back in no time, to be described further. */
    HyphaClientBuilder ann() {
        return Hypha.builder("http://127.0.0.1:" + port)
                .token(token)
                .reconnect(Backoff.between(5, 5, TimeUnit.MILLISECONDS));
    }

    /** Every connection is lost. */
    void stop() {
        hub.close();
    }

    void start() {
        hub = HyphaHub.start(HubOptions.builder().jwtSecret(SECRET).port(port).build());
    }

    /** Stops, and returns when the client has noticed. */
    void stopFor(HyphaClient client) throws InterruptedException {
        stop();
        await(client, ConnectionStatus.Kind.RECONNECTING);
    }

    /** Stops and starts, and returns when the clients have come back. */
    void restartFor(HyphaClient... clients) throws InterruptedException {
        int[] before = new int[clients.length];
        for (int i = 0; i < clients.length; i++) {
            before[i] = clients[i].state().generation();
        }
        stop();
        start();
        for (int i = 0; i < clients.length; i++) {
            awaitGeneration(clients[i], before[i] + 1);
        }
    }

    static void await(HyphaClient client, ConnectionStatus.Kind kind) throws InterruptedException {
        await(client, state -> state.kind() == kind);
    }

    /** Returns when the connection has been made that often. */
    static void awaitGeneration(HyphaClient client, int generation) throws InterruptedException {
        await(client, state -> state.generation() >= generation);
    }

    private static void await(HyphaClient client, Predicate<ConnectionStatus> wanted) throws InterruptedException {
        CountDownLatch isThere = new CountDownLatch(1);
        ListenerHandle handle = client.onStateChange(state -> {
            if (wanted.test(state)) {
                isThere.countDown();
            }
        });
        try {
            isThere.await();
        } finally {
            handle.close();
        }
    }

    @Override
    public void close() {
        hub.close();
    }
}
