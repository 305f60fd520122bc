package io.hypha.rpc.conformance.java;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hypha.rpc.client.HyphaConnection;
import io.hypha.rpc.java.HyphaClient;
import java.lang.reflect.Field;
import java.util.concurrent.TimeUnit;

/** What a Java client keeps alive; only tests need to know. */
final class HeldSessions {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private HeldSessions() {}

    static int of(HyphaClient client) {
        try {
            Field connection = HyphaClient.class.getDeclaredField("connection");
            connection.setAccessible(true);
            return ((HyphaConnection) connection.get(client)).getStatistics().getSessions();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Nobody waits for the end of a stream that is closed early, so the last session may end a moment later. */
    static void assertNoneLeft(HyphaClient client) {
        long end = System.nanoTime() + PATIENCE;
        while (of(client) > 0 && System.nanoTime() < end) {
            client.echo("time passes");
        }
        assertEquals(0, of(client), "sessions");
    }
}
