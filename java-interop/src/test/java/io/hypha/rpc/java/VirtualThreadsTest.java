package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Java has virtual threads from version 21 on; this is compiled for earlier ones. */
class VirtualThreadsTest {
    @BeforeAll
    static void assumeThereAreSome() {
        assumeTrue(Runtime.version().feature() >= 21, "this JVM has no virtual threads");
    }

    @Test
    @DisplayName("a thousand virtual threads may block in calls, streams and futures at once")
    void blocking() throws Exception {
        ExecutorService threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try (TwoClients clients = new TwoClients()) {
            HyphaService service = clients.offer(TwoClients.open("virtual")
                    .function("add", Param.of("a", Integer.class), Param.of("b", Integer.class), Integer::sum)
                    .function("numbers", () -> List.of(1, 2).iterator()));
            List<Future<Integer>> results = new ArrayList<>();
            for (int index = 0; index < 1000; index++) {
                int number = index;
                results.add(threads.submit(() -> {
                    int sum = service.call("add", Integer.class, number, 1);
                    int more =
                            service.async().call("add", Integer.class, sum, 1).join();
                    return more
                            + service.stream("numbers", Integer.class).stream()
                                    .mapToInt(item -> item)
                                    .sum();
                }));
            }
            for (int index = 0; index < 1000; index++) {
                assertEquals(index + 5, results.get(index).get(60, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("handlers run on virtual threads, and may wait for each other a hundred deep")
    void handlers() throws Exception {
        try (TwoClients clients = new TwoClients()) {
            AtomicReference<HyphaService> self = new AtomicReference<>();
            HyphaService service = clients.offer(TwoClients.open("virtual")
                    .function(
                            "isVirtual",
                            () -> Thread.class.getMethod("isVirtual").invoke(Thread.currentThread()))
                    .function(
                            "descend",
                            Param.of("depth", Integer.class),
                            depth -> depth == 0 ? 0 : 1 + self.get().call("descend", Integer.class, depth - 1)));
            self.set(service);
            assertTrue(service.call("isVirtual", Boolean.class));
            assertEquals(100, service.call("descend", Integer.class, 100));
        }
    }
}
