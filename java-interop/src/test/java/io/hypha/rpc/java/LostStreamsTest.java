package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.ConnectionClosedException;
import io.hypha.rpc.PeerGoneException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Streams over a connection that is lost: they go on without a gap, or fail with a reason; they never end as if whole.
 */
@Timeout(60)
class LostStreamsTest {
    private final RestartingHub hub = new RestartingHub();
    private final CountDownLatch areWaiting = new CountDownLatch(3);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private HyphaClient provider;
    private HyphaClient caller;
    private HyphaService numbers;

    @BeforeEach
    void connect() {
        connect(hub.ann());
    }

    private void connect(HyphaClientBuilder builder) {
        provider = builder.connect();
        caller = builder.connect();
        provider.registerService(TwoClients.open("numbers")
                .function("count", () -> Stream.iterate(1, number -> number + 1))
                .function("stuck", () -> Stream.generate(this::waitForever))
                .build());
        numbers = caller.getService("numbers");
    }

    /** Takes no notice of being interrupted: else its failure could arrive before the end of the connection. */
    private int waitForever() {
        areWaiting.countDown();
        while (true) {
            try {
                mayEnd.await();
                return 0;
            } catch (InterruptedException e) {
                Thread.onSpinWait();
            }
        }
    }

    @AfterEach
    void close() {
        mayEnd.countDown();
        caller.close();
        provider.close();
        hub.close();
    }

    @Test
    @DisplayName("an iterator, a stream of futures and a publisher go on where they were")
    void goingOn() throws Exception {
        Taker taker = new Taker();
        try (RemoteStream<Integer> waiting = numbers.stream("count", Integer.class);
                AsyncStream<Integer> later = numbers.async().stream("count", Integer.class)) {
            Publishers.stream(numbers, "count", Integer.class).subscribe(taker);
            List<Integer> taken = new ArrayList<>(Arrays.asList(waiting.next(), waiting.next()));
            List<Integer> takenLater = new ArrayList<>();
            assertTrue(later.tryAdvance(takenLater::add).get());
            taker.take(2);
            hub.restartFor(provider, caller);
            taken.add(waiting.next());
            assertTrue(later.tryAdvance(takenLater::add).get());
            taker.take(1);
            assertEquals(Arrays.asList(1, 2, 3), taken);
            assertEquals(Arrays.asList(1, 2), takenLater);
            assertEquals(Arrays.asList(1, 2, 3), taker.taken);
        } finally {
            taker.subscription.cancel();
        }
    }

    @Test
    @DisplayName("when the provider does not come back, each of them fails and names that")
    void providerGone() throws Exception {
        Taker taker = new Taker();
        try (RemoteStream<Integer> waiting = numbers.stream("count", Integer.class);
                AsyncStream<Integer> later = numbers.async().stream("count", Integer.class)) {
            Publishers.stream(numbers, "count", Integer.class).subscribe(taker);
            assertEquals(1, waiting.next());
            assertTrue(later.tryAdvance(number -> {}).get());
            taker.take(1);
            hub.stop();
            provider.close();
            hub.start();
            RestartingHub.awaitGeneration(caller, 2);
            assertThrows(PeerGoneException.class, waiting::next);
            assertInstanceOf(PeerGoneException.class, failureOf(later.tryAdvance(number -> {})));
            taker.subscription.request(1);
            assertInstanceOf(PeerGoneException.class, failureOf(taker.end));
        }
    }

    @Test
    @DisplayName("who waits for an item when the connection ends for good gets the reason")
    void endedForGood() throws Exception {
        caller.close();
        provider.close();
        try (RestartingHub other = new RestartingHub()) {
            connect(other.ann().reconnect(ReconnectStrategy.never()));
            Taker taker = new Taker();
            AsyncStream<Integer> later = numbers.async().stream("stuck", Integer.class);
            CompletableFuture<Boolean> item = later.tryAdvance(number -> {});
            Publishers.stream(numbers, "stuck", Integer.class).subscribe(taker);
            taker.subscription.request(1);
            CompletableFuture<Throwable> waited = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try (RemoteStream<Integer> waiting = numbers.stream("stuck", Integer.class)) {
                    waited.complete(assertThrows(RuntimeException.class, waiting::next));
                } catch (AssertionError e) {
                    waited.completeExceptionally(e);
                }
            });
            thread.start();
            areWaiting.await();
            other.stop();
            assertInstanceOf(ConnectionClosedException.class, waited.get());
            assertInstanceOf(ConnectionClosedException.class, failureOf(item));
            assertInstanceOf(ConnectionClosedException.class, failureOf(taker.end));
            thread.join();
        }
    }

    private static Throwable failureOf(CompletableFuture<?> future) {
        return assertThrows(CompletionException.class, future::join).getCause();
    }

    /** Takes as many items as it is told. */
    private static final class Taker implements Flow.Subscriber<Integer> {
        final List<Integer> taken = new ArrayList<>();
        final CompletableFuture<Void> end = new CompletableFuture<>();
        volatile Flow.Subscription subscription;
        private final Semaphore arrived = new Semaphore(0);

        void take(int count) throws InterruptedException {
            subscription.request(count);
            arrived.acquire(count);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
        }

        @Override
        public void onNext(Integer item) {
            taken.add(item);
            arrived.release();
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }
    }
}
