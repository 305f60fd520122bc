package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.RemoteException;
import io.hypha.rpc.metrics.CallOutcome;
import io.hypha.rpc.metrics.CalledFunction;
import io.hypha.rpc.metrics.HyphaMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricsTest {
    /** What a Java program overrides of all that it could. */
    private static final class Counting implements HyphaMetrics {
        final Queue<String> calls = new ConcurrentLinkedQueue<>();
        final AtomicInteger connections = new AtomicInteger();
        final AtomicInteger bytes = new AtomicInteger();

        @Override
        public void onCallEnded(CalledFunction function, CallOutcome outcome, String error, long nanos) {
            assertTrue(nanos > 0);
            calls.add(function.getService() + "." + function.getFunction() + " " + outcome + " " + error);
        }

        @Override
        public void onFrameSent(int count) {
            bytes.addAndGet(count);
        }

        @Override
        public void onConnected(int generation) {
            connections.incrementAndGet();
        }

        @Override
        public void onDisconnected() {
            connections.decrementAndGet();
        }
    }

    @Test
    @DisplayName("metrics hear of the calls, the frames and the connection of a client")
    void counts() {
        Counting counting = new Counting();
        try (TwoClients clients = new TwoClients()) {
            String id = clients.provider
                    .registerService(TwoClients.open("counted")
                            .function("add", Param.of("a", Integer.class), a -> a + 1)
                            .action("fail", () -> {
                                throw new IllegalStateException("of no use");
                            })
                            .build())
                    .getId();
            try (HyphaClient client =
                    Hypha.builder(clients.hub.getUrl()).metrics(counting).connect()) {
                assertEquals(1, counting.connections.get());
                HyphaService service = client.getService(id);
                service.call("add", Integer.class, 1);
                service.async().call("add", Integer.class, 2).join();
                assertThrows(RemoteException.class, () -> service.call("fail", Void.class));
            }
        }
        List<String> calls = counting.calls.stream()
                .filter(call -> call.startsWith("counted."))
                .collect(Collectors.toList());
        assertEquals(
                Arrays.asList(
                        "counted.add Success null", "counted.add Success null", "counted.fail Error RemoteException"),
                calls);
        assertTrue(counting.bytes.get() > 0);
        assertEquals(0, counting.connections.get());
    }
}
