package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.RemoteException;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PublishersTest {
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger produced = new AtomicInteger();
    private final CountDownLatch isClosed = new CountDownLatch(1);

    private TwoClients clients;
    private HyphaService service;

    @BeforeEach
    void offer() {
        clients = new TwoClients();
        service = clients.offer(TwoClients.open("streams")
                .function("numbers", () -> {
                    calls.incrementAndGet();
                    return Stream.generate(produced::incrementAndGet).onClose(isClosed::countDown);
                })
                .function("count", Param.of("to", Integer.class), to -> IntStream.range(0, to))
                .function("failing", () -> Stream.of(1, 0).map(number -> 1 / number))
                .function("gaps", () -> Arrays.asList("a", null).iterator())
                .function("published", () -> new Numbers(produced, isClosed))
                .function("sum", Param.of("numbers", RemoteStream.class), PublishersTest::sum));
    }

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    @DisplayName("nothing is called before the first request, and nothing is produced that was not requested")
    void demand() throws Exception {
        Seen seen = new Seen();
        Publishers.stream(service, "numbers", Integer.class).subscribe(seen);
        clients.caller.echo("a round trip");
        assertEquals(0, calls.get());
        seen.subscription.request(2);
        assertEquals(1, seen.next());
        assertEquals(2, seen.next());
        clients.caller.echo("a round trip");
        assertEquals(2, produced.get());
        seen.subscription.request(1);
        assertEquals(3, seen.next());
        assertEquals(1, calls.get());
        seen.subscription.cancel();
        assertTrue(isClosed.await(30, TimeUnit.SECONDS));
        assertEquals(3, produced.get());
    }

    @Test
    @DisplayName("every subscriber has a call of its own")
    void cold() throws Exception {
        Flow.Publisher<Integer> numbers = Publishers.stream(service.function("count"), Integer.class, 2);
        for (int subscriber = 0; subscriber < 2; subscriber++) {
            Seen seen = new Seen();
            numbers.subscribe(seen);
            seen.subscription.request(Long.MAX_VALUE);
            assertEquals(0, seen.next());
            assertEquals(1, seen.next());
            assertEquals("end", seen.next());
        }
    }

    @Test
    @DisplayName("a request for one in every signal goes on without end or overflow, one signal at a time")
    void oneByOne() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        Seen seen = new Seen((subscription, item) -> {
            assertEquals(1, inside.incrementAndGet());
            subscription.request(1);
            inside.decrementAndGet();
        });
        Publishers.stream(service, "count", new TypeRef<Integer>() {}, 2000).subscribe(seen);
        seen.subscription.request(1);
        for (int number = 0; number < 2000; number++) {
            assertEquals(number, seen.next());
        }
        assertEquals("end", seen.next());
    }

    @Test
    @DisplayName("what is requested within onSubscribe arrives after that")
    void requestAtOnce() throws Exception {
        Seen seen = new Seen() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
                signals.add("subscribed");
            }
        };
        Publishers.stream(service, "count", Integer.class, 1).subscribe(seen);
        assertEquals("subscribed", seen.next());
        assertEquals(0, seen.next());
    }

    @Test
    @DisplayName("a request that is not positive is an error, and ends the generator")
    void badRequest() throws Exception {
        Seen seen = new Seen();
        Publishers.stream(service, "numbers", Integer.class).subscribe(seen);
        seen.subscription.request(1);
        assertEquals(1, seen.next());
        seen.subscription.request(0);
        IllegalArgumentException failure = assertInstanceOf(IllegalArgumentException.class, seen.next());
        assertTrue(failure.getMessage().contains("3.9"), failure.getMessage());
        assertTrue(isClosed.await(30, TimeUnit.SECONDS));
        seen.subscription.request(-1);
        seen.subscription.cancel();
        clients.caller.echo("a round trip");
        assertNull(seen.signals.poll());
    }

    @Test
    @DisplayName("cancelling within a signal ends the generator and interrupts nobody")
    void cancelInside() throws Exception {
        Seen seen = new Seen((subscription, item) -> {
            subscription.cancel();
            assertTrue(!Thread.currentThread().isInterrupted());
        });
        Publishers.stream(service, "numbers", Integer.class).subscribe(seen);
        seen.subscription.request(Long.MAX_VALUE);
        assertEquals(1, seen.next());
        assertTrue(isClosed.await(30, TimeUnit.SECONDS));
        assertEquals(1, produced.get());
        assertNull(seen.signals.poll());
    }

    @Test
    @DisplayName("a failure comes after the items before it, and null is one")
    void failures() throws Exception {
        Seen failing = new Seen();
        Publishers.stream(service, "failing", Integer.class).subscribe(failing);
        failing.subscription.request(Long.MAX_VALUE);
        assertEquals(1, failing.next());
        assertInstanceOf(RemoteException.class, failing.next());
        Seen gaps = new Seen();
        Publishers.stream(service, "gaps", String.class).subscribe(gaps);
        gaps.subscription.request(5);
        assertEquals("a", gaps.next());
        assertInstanceOf(NullPointerException.class, gaps.next());
    }

    @Test
    @DisplayName("no subscriber is a null pointer")
    void noSubscriber() {
        Flow.Publisher<Integer> numbers = Publishers.stream(service, "numbers", Integer.class);
        assertThrows(NullPointerException.class, () -> numbers.subscribe(null));
    }

    @Test
    @DisplayName("a publisher as a result travels as a stream, whose reader makes the requests")
    void publisherAsResult() throws Exception {
        try (RemoteStream<Integer> numbers = service.stream("published", Integer.class)) {
            assertEquals(1, numbers.next());
            assertEquals(2, numbers.next());
            assertEquals(2, produced.get());
        }
        assertTrue(isClosed.await(30, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("a publisher as an argument travels as a stream, to its end")
    void publisherAsArgument() {
        Flow.Publisher<Integer> numbers = Publishers.stream(service, "count", Integer.class, 4);
        assertEquals(6, service.call("sum", Integer.class, numbers));
    }

    @Test
    @DisplayName("a publisher that sends what nobody has requested fails its stream")
    void badPublisher() {
        Flow.Publisher<Integer> flood = subscriber -> {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long count) {
                    Collections.nCopies(10, 1).forEach(subscriber::onNext);
                }

                @Override
                public void cancel() {}
            });
        };
        RemoteException failure = assertThrows(RemoteException.class, () -> service.call("sum", Integer.class, flood));
        assertTrue(failure.getMessage().contains("not requested"), failure.getMessage());
    }

    private static long sum(RemoteStream<?> numbers) {
        long sum = 0;
        for (Object number : numbers) {
            sum += (Long) number;
        }
        return sum;
    }

    /** Remembers what it is told. */
    private static class Seen implements Flow.Subscriber<Object> {
        final BlockingQueue<Object> signals = new LinkedBlockingQueue<>();
        private final BiConsumer<Flow.Subscription, Object> onNext;
        volatile Flow.Subscription subscription;

        Seen() {
            this((subscription, item) -> {});
        }

        Seen(BiConsumer<Flow.Subscription, Object> onNext) {
            this.onNext = onNext;
        }

        Object next() throws InterruptedException {
            Object signal = signals.poll(30, TimeUnit.SECONDS);
            assertTrue(signal != null, "no signal came");
            return signal;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
        }

        @Override
        public void onNext(Object item) {
            signals.add(item);
            onNext.accept(subscription, item);
        }

        @Override
        public void onError(Throwable failure) {
            signals.add(failure);
        }

        @Override
        public void onComplete() {
            signals.add("end");
        }
    }

    /** Publishes one, two and so on, as they are requested. */
    private static final class Numbers implements Flow.Publisher<Integer> {
        private final AtomicInteger produced;
        private final CountDownLatch isCancelled;

        Numbers(AtomicInteger produced, CountDownLatch isCancelled) {
            this.produced = produced;
            this.isCancelled = isCancelled;
        }

        @Override
        public void subscribe(Flow.Subscriber<? super Integer> subscriber) {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long count) {
                    for (long item = 0; item < count; item++) {
                        subscriber.onNext(produced.incrementAndGet());
                    }
                }

                @Override
                public void cancel() {
                    isCancelled.countDown();
                }
            });
        }
    }
}
