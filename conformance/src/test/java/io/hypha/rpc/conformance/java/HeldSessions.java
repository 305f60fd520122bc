package io.hypha.rpc.conformance.java;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hypha.rpc.java.HyphaClient;
import java.util.concurrent.TimeUnit;

/** What a Java client keeps alive. */
final class HeldSessions {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private HeldSessions() {}

    /** Nobody waits for the end of a stream that is closed early, so the last session may end a moment later. */
    static void assertNoneLeft(HyphaClient client) {
        long end = System.nanoTime() + PATIENCE;
        while (client.statistics().getSessions() > 0 && System.nanoTime() < end) {
            client.echo("time passes");
        }
        assertEquals(0, client.statistics().getSessions(), "sessions");
    }
}
