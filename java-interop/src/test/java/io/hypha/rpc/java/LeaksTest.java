package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hypha.rpc.call.SessionStatistics;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LeaksTest {
    private static final int MOST_ROUND_TRIPS = 2000;

    @Test
    @DisplayName(
            "calls, streams and publishers, ended or given up, leave no session and no thread that keeps the program")
    void nothing() throws Exception {
        Set<Thread> before = lastingThreads();
        try (TwoClients clients = new TwoClients()) {
            CountDownLatch isRunning = new CountDownLatch(1);
            HyphaService service = clients.offer(TwoClients.open("leaks")
                    .function("apply", Param.of("f", HyphaFunction.class), f -> f.call(Integer.class, 1))
                    .function("numbers", () -> Stream.iterate(1, number -> number + 1))
                    .action("wait", () -> {
                        isRunning.countDown();
                        new CountDownLatch(1).await();
                    })
                    .action("fail", () -> {
                        throw new IllegalStateException();
                    }));
            service.call("apply", Integer.class, Callback.returning(Integer.class, number -> number));
            assertThrows(RuntimeException.class, () -> service.call("fail", Void.class));
            CompletableFuture<Void> waiting = service.async().call("wait", Void.class);
            isRunning.await();
            waiting.cancel(true);
            try (Stream<Integer> some = service.stream("numbers", Integer.class).stream()) {
                some.limit(3).forEach(number -> {});
            }
            service.async().stream("numbers", Integer.class).toList(3).join();
            publishThree(service);
            assertEmpty(clients.caller);
            assertEmpty(clients.provider);
        }
        Set<Thread> more = lastingThreads();
        more.removeAll(before);
        assertEquals(Collections.emptySet(), more);
    }

    /** Returns when the third item is there, and the subscription cancelled. */
    private static void publishThree(HyphaService service) throws InterruptedException {
        CountDownLatch isDone = new CountDownLatch(1);
        Publishers.stream(service, "numbers", Integer.class).subscribe(new Flow.Subscriber<>() {
            private Flow.Subscription subscription;

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                this.subscription = subscription;
                subscription.request(10);
            }

            @Override
            public void onNext(Integer item) {
                if (item == 3) {
                    subscription.cancel();
                    isDone.countDown();
                }
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        });
        isDone.await();
    }

    /** What was given up ends a few messages later, some of which are calls themselves. */
    private static void assertEmpty(HyphaClient client) {
        int left = sum(client.statistics());
        for (int roundTrip = 0; roundTrip < MOST_ROUND_TRIPS && left > 0; roundTrip++) {
            client.echo(roundTrip);
            left = sum(client.statistics());
        }
        assertEquals(0, left);
    }

    private static int sum(SessionStatistics statistics) {
        return statistics.getSessions() + statistics.getIncomingCalls();
    }

    /**
     * Those that keep a program alive, but for one of Netty's in the hub, which ends by itself when it has had nothing
     * to do.
     */
    private static Set<Thread> lastingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon() && !thread.getName().startsWith("globalEventExecutor"))
                .collect(Collectors.toSet());
    }
}
