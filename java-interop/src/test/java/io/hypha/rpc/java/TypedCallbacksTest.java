package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.RemoteException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Functions that are passed as functional interfaces. */
class TypedCallbacksTest {
    private static TwoClients clients;

    @BeforeAll
    static void connect() {
        clients = new TwoClients();
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    @FunctionalInterface
    interface Progress {
        void report(double part, String what);

        default Progress andThen(Runnable next) {
            return (part, what) -> {
                report(part, what);
                next.run();
            };
        }
    }

    @FunctionalInterface
    interface LaterAsk {
        CompletableFuture<Integer> ask(int n);
    }

    interface Worker {
        void work(int steps, Action1<Double> onStep) throws Exception;

        int apply(Handler2<Integer, Integer, Integer> handler, int a, int b) throws Exception;

        void report(Progress progress);

        List<String> consume(Consumer<? super String> consumer, Function<String, String> change);

        int asked(LaterAsk ask);

        Function<Integer, Integer> adder(int n);

        HyphaFunction same(HyphaFunction function);

        String serviceId(HyphaService service);
    }

    private static final class MyWorker implements Worker {
        @Override
        public void work(int steps, Action1<Double> onStep) throws Exception {
            for (int step = 1; step <= steps; step++) {
                onStep.run((double) step / steps);
            }
        }

        @Override
        public int apply(Handler2<Integer, Integer, Integer> handler, int a, int b) throws Exception {
            return handler.handle(a, b);
        }

        @Override
        public void report(Progress progress) {
            progress.andThen(() -> progress.report(1, "all")).report(0.5, "half");
        }

        @Override
        public List<String> consume(Consumer<? super String> consumer, Function<String, String> change) {
            consumer.accept("given");
            return Arrays.asList(change.andThen(text -> text + "!").apply("a"));
        }

        @Override
        public int asked(LaterAsk ask) {
            return ask.ask(20).join();
        }

        @Override
        public Function<Integer, Integer> adder(int n) {
            return x -> x + n;
        }

        @Override
        public HyphaFunction same(HyphaFunction function) {
            return function;
        }

        @Override
        public String serviceId(HyphaService service) {
            return service.id();
        }
    }

    private static Worker worker(String id) {
        return clients.offer(TwoClients.open(id).implement(Worker.class, new MyWorker()))
                .proxy(Worker.class);
    }

    @Test
    @DisplayName("a lambda is passed as it is; its types come from the method")
    void lambdas() throws Exception {
        Worker worker = worker("lambdas");
        List<Double> steps = new ArrayList<>();
        worker.work(2, steps::add);
        assertEquals(Arrays.asList(0.5, 1.0), steps);
        assertEquals(7, worker.apply((a, b) -> a + b, 3, 4));
    }

    @Test
    @DisplayName("functional interfaces of the program and of Java are callbacks as well, with their default methods")
    void otherInterfaces() {
        Worker worker = worker("others");
        List<String> reports = new ArrayList<>();
        worker.report((part, what) -> reports.add(part + " " + what));
        assertEquals(Arrays.asList("0.5 half", "1.0 all"), reports);
        List<String> taken = new ArrayList<>();
        assertEquals(Arrays.asList("a?!"), worker.consume(taken::add, text -> text + "?"));
        assertEquals(Arrays.asList("given"), taken);
    }

    @Test
    @DisplayName("what a callback throws arrives at the implementation, and from there at the caller")
    void failing() {
        Worker worker = worker("failing");
        RemoteException failure = assertThrows(
                RemoteException.class,
                () -> worker.work(1, step -> {
                    throw new IllegalStateException("stop");
                }));
        assertEquals(true, failure.getRemoteMessage().contains("stop"), failure.getRemoteMessage());
    }

    @Test
    @DisplayName("functions and services come as results and go as arguments")
    void functions() {
        Worker worker = worker("functions");
        assertEquals(5, worker.adder(2).apply(3));
        HyphaService service = clients.offer(TwoClients.open("one").function("one", () -> 1));
        assertEquals(1, worker.same(service.function("one")).call(Integer.class));
        assertEquals(service.id(), worker.serviceId(service));
    }

    @Test
    @DisplayName("a callback may return a future, on both sides")
    void laterCallbacks() {
        Worker worker = worker("later");
        assertEquals(21, worker.asked(n -> CompletableFuture.supplyAsync(() -> n + 1)));
    }

    @FunctionalInterface
    interface Finder {
        CompletableFuture<Optional<Integer>> find(String key);
    }

    @FunctionalInterface
    interface Waiter {
        Future<Integer> start();
    }

    interface Futures {
        Optional<Integer> found(Finder finder, String key) throws Exception;

        int waited(Waiter waiter) throws Exception;

        Future<Integer> plain(int value);
    }

    private static final class MyFutures implements Futures {
        @Override
        public Optional<Integer> found(Finder finder, String key) throws Exception {
            return finder.find(key).get();
        }

        @Override
        public int waited(Waiter waiter) throws Exception {
            return waiter.start().get();
        }

        @Override
        public Future<Integer> plain(int value) {
            return done(value);
        }
    }

    private static Future<Integer> done(int value) {
        FutureTask<Integer> task = new FutureTask<>(() -> {
            if (value < 0) {
                throw new IllegalStateException("negative");
            }
            return value;
        });
        task.run();
        return task;
    }

    @Test
    @DisplayName(
            "what the future of a callback comes to is sent as its type says, and so is that of a future to wait for")
    void convertedFutures() throws Exception {
        Futures futures = clients.offer(TwoClients.open("futures").implement(Futures.class, new MyFutures()))
                .proxy(Futures.class);
        Finder finder = key -> CompletableFuture.completedFuture(key.isEmpty() ? Optional.empty() : Optional.of(3));
        assertEquals(Optional.of(3), futures.found(finder, "a"));
        assertEquals(Optional.empty(), futures.found(finder, ""));
        assertEquals(4, futures.waited(() -> done(4)));
        assertEquals(5, futures.plain(5).get(30, TimeUnit.SECONDS));
        Future<Integer> failing = futures.plain(-1);
        ExecutionException failure = assertThrows(ExecutionException.class, () -> failing.get(30, TimeUnit.SECONDS));
        assertTrue(
                failure.getCause().getMessage().contains("negative"),
                failure.getCause().getMessage());
    }

    interface Patient {
        void ask(Finder finder, Action0 onStart) throws Exception;
    }

    @Test
    @Timeout(30)
    @DisplayName("the future of a callback is cancelled with the call that made it")
    void cancelledCallback() throws Exception {
        CountDownLatch isStarted = new CountDownLatch(1);
        CompletableFuture<Optional<Integer>> mine = new CompletableFuture<>();
        CountDownLatch isCancelled = new CountDownLatch(1);
        mine.whenComplete((value, failure) -> isCancelled.countDown());
        Patient patient = clients.offer(TwoClients.open("patient").implement(Patient.class, (finder, onStart) -> {
                    CompletableFuture<Optional<Integer>> asked = finder.find("a");
                    onStart.run();
                    asked.cancel(true);
                }))
                .proxy(Patient.class);
        patient.ask(
                key -> {
                    isStarted.countDown();
                    return mine;
                },
                isStarted::await);
        isCancelled.await();
        assertTrue(mine.isCancelled());
    }
}
