package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hypha.rpc.call.SessionStatistics;
import io.hypha.rpc.client.HyphaConnection;
import java.lang.reflect.Field;
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
        assertEquals(before, lastingThreads());
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

    /** What was given up ends a few messages later. */
    private static void assertEmpty(HyphaClient client) throws ReflectiveOperationException {
        Field field = HyphaClient.class.getDeclaredField("connection");
        field.setAccessible(true);
        HyphaConnection connection = (HyphaConnection) field.get(client);
        for (int roundTrip = 0; roundTrip < MOST_ROUND_TRIPS && sum(connection.getStatistics()) > 0; roundTrip++) {
            client.echo(roundTrip);
        }
        assertEquals(0, sum(connection.getStatistics()));
    }

    private static int sum(SessionStatistics statistics) {
        return statistics.getSessions() + statistics.getIncomingCalls();
    }

    private static Set<Thread> lastingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }
}
