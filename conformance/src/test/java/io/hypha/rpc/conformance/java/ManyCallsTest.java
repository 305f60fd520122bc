package io.hypha.rpc.conformance.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.Callback;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaFunction;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.service.Visibility;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ManyCallsTest {
    private static final int CALLERS = 8;
    private static final int CALLS = 10_000;

    /** Each call keeps its caller, its handler and its callback waiting; the rest is what pools keep at hand. */
    private static final int THREADS = 3 * CALLERS + 40;

    private static final ServiceDefinition SERVICE = ServiceDefinition.builder("many")
            .visibility(Visibility.Public)
            .function("sum", Param.of("n", Integer.class), Param.of("square", HyphaFunction.class), ManyCallsTest::sum)
            .build();

    private static int sum(int n, HyphaFunction square) {
        return square.call(Integer.class, n) + square.call(Integer.class, n + 1);
    }

    @Test
    @DisplayName("ten thousand calls with callbacks from eight threads leave no session and need few threads")
    void manyCalls() throws InterruptedException, ExecutionException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (HyphaHub hub = HyphaHub.start();
                HyphaClient provider = Hypha.connect(hub.getUrl());
                HyphaClient caller = Hypha.connect(hub.getUrl())) {
            HyphaService service =
                    caller.getService(provider.registerService(SERVICE).getId());
            int before = threads.getThreadCount();
            threads.resetPeakThreadCount();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                all.add(callers.submit(() -> callMany(service, CALLS / CALLERS)));
            }
            for (Future<?> one : all) {
                one.get();
            }
            HeldSessions.assertNoneLeft(caller);
            HeldSessions.assertNoneLeft(provider);
            int grown = threads.getPeakThreadCount() - before;
            assertTrue(grown <= THREADS, () -> grown + " more threads");
        } finally {
            callers.shutdownNow();
        }
    }

    private static void callMany(HyphaService service, int count) {
        Callback square = Callback.returning(Integer.class, n -> n * n);
        for (int n = 0; n < count; n++) {
            assertEquals(n * n + (n + 1) * (n + 1), service.call("sum", Integer.class, n, square));
        }
    }
}
