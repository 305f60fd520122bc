package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.EncodingException;
import io.hypha.rpc.RemoteException;
import io.hypha.rpc.value.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RemoteStreamTest {
    private static final CountDownLatch CLOSED = new CountDownLatch(1);

    private static final CountDownLatch LAZY_CLOSED = new CountDownLatch(1);

    private static final AtomicInteger PRODUCED = new AtomicInteger();

    private static TwoClients clients;
    private static HyphaService service;

    @BeforeAll
    static void offer() {
        clients = new TwoClients();
        service = clients.offer(TwoClients.open("streams")
                .function("count", Param.of("to", Integer.class), to -> IntStream.range(0, to))
                .function("endless", () -> Stream.generate(() -> "x").onClose(CLOSED::countDown))
                .function("failing", RemoteStreamTest::failing)
                .function("lazy", () -> RemoteStream.of(numbers()))
                .function("ofList", () -> RemoteStream.of(Arrays.asList(1, 2)))
                .function(
                        "ofIterator", () -> RemoteStream.of(Arrays.asList(1, 2).iterator()))
                .function("gaps", () -> Arrays.asList("a", null, "b").iterator())
                .function("first", Param.of("numbers", RemoteStream.class), RemoteStreamTest::first)
                .function("sum", Param.of("numbers", RemoteStream.class), RemoteStreamTest::sum));
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    @Test
    @DisplayName("a stream that is called as if it were a value says how to take it")
    void calledAsValue() {
        for (Class<?> type : Arrays.asList(List.class, String.class, NDArray.class)) {
            EncodingException refused =
                    assertThrows(EncodingException.class, () -> service.call("count", type, 3), type.getName());
            assertTrue(
                    refused.getMessage().contains("found a stream, whose items are had by calling stream(…)"),
                    refused.getMessage());
        }
    }

    @Test
    @DisplayName("the items arrive in order and as the class that is asked for")
    void items() {
        List<Integer> seen = new ArrayList<>();
        for (int item : service.stream("count", Integer.class, 4)) {
            seen.add(item);
        }
        assertEquals(Arrays.asList(0, 1, 2, 3), seen);
    }

    @Test
    @DisplayName("an item may be null")
    void nulls() {
        List<String> seen = new ArrayList<>();
        service.stream("gaps", String.class).forEach(seen::add);
        assertEquals(Arrays.asList("a", null, "b"), seen);
    }

    @Test
    @DisplayName("there is nothing behind the last item")
    void end() {
        RemoteStream<Integer> stream = service.stream("count", Integer.class, 1);
        assertTrue(stream.hasNext());
        assertTrue(stream.hasNext());
        assertEquals(0, stream.next());
        assertFalse(stream.hasNext());
        assertThrows(NoSuchElementException.class, stream::next);
    }

    @Test
    @DisplayName("closing early ends the remote stream")
    void earlyEnd() throws InterruptedException {
        try (RemoteStream<String> stream = service.stream("endless", String.class)) {
            assertEquals("x", stream.next());
            assertEquals("x", stream.next());
        }
        assertTrue(CLOSED.await(10, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("after closing there are no more items")
    void afterClosing() {
        RemoteStream<String> stream = service.stream("endless", String.class);
        stream.next();
        stream.close();
        assertFalse(stream.hasNext());
        stream.close();
    }

    @Test
    @DisplayName("a failure comes after the items before it, and ends the stream")
    void failure() {
        RemoteStream<Integer> stream = service.stream("failing", Integer.class);
        assertEquals(1, stream.next());
        RemoteException failure = assertThrows(RemoteException.class, stream::next);
        assertEquals("out of items", failure.getRemoteMessage());
        assertFalse(stream.hasNext());
    }

    @Test
    @DisplayName("a function that fails before its stream begins fails with the first item")
    void failureAtTheStart() {
        RemoteStream<Integer> stream = service.stream("count", Integer.class, "many");
        assertThrows(RemoteException.class, stream::hasNext);
    }

    @Test
    @DisplayName("a stream can be passed as an argument")
    void asArgument() {
        assertEquals(
                6, service.call("sum", Integer.class, Arrays.asList(1, 2, 3).iterator()));
        assertEquals(6, service.call("sum", Integer.class, service.stream("count", Integer.class, 4)));
    }

    @Test
    @DisplayName("a call returns after the streams of its arguments that were left early are closed")
    void leftEarly() {
        CountDownLatch isReturned = new CountDownLatch(1);
        AtomicBoolean wasFirst = new AtomicBoolean(true);
        Stream<Integer> numbers = Stream.iterate(1, number -> number + 1).onClose(() -> {
            // A reply that did not wait would be here before that of a later call.
            service.call("first", Integer.class, Stream.of(1));
            wasFirst.set(isReturned.getCount() == 0);
        });
        CompletableFuture<Integer> call = service.async().call("first", Integer.class, numbers);
        assertEquals(
                1,
                call.whenComplete((number, failure) -> isReturned.countDown()).join());
        assertFalse(wasFirst.get());
    }

    @Test
    @DisplayName("as a Java stream it takes what is wanted, and closes with it")
    void asJavaStream() throws InterruptedException {
        assertEquals(
                Arrays.asList(0, 10, 20),
                service.stream("count", Integer.class, 3).stream()
                        .map(number -> number * 10)
                        .collect(Collectors.toList()));
        try (Stream<Integer> numbers = service.stream("lazy", Integer.class).stream()) {
            assertEquals(Arrays.asList(1, 2), numbers.limit(2).collect(Collectors.toList()));
            assertEquals(2, PRODUCED.get());
        }
        assertTrue(LAZY_CLOSED.await(10, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("functions that are declared to return one make it of what they have")
    void ofLocalItems() {
        assertEquals(Arrays.asList(1, 2), all(service.stream("ofList", Integer.class)));
        assertEquals(Arrays.asList(1, 2), all(service.stream("ofIterator", Integer.class)));
        assertEquals(
                Arrays.asList(1, 2),
                all(service.stream("lazy", Integer.class).stream().limit(2).iterator()));
        assertEquals(Arrays.asList(1, 2), all(RemoteStream.of(Arrays.asList(1, 2))));
    }

    private static List<Integer> all(Iterator<Integer> items) {
        List<Integer> all = new ArrayList<>();
        items.forEachRemaining(all::add);
        return all;
    }

    private static Iterator<Integer> failing() {
        return Stream.of(1, 2)
                .map(number -> {
                    if (number == 2) {
                        throw new IllegalStateException("out of items");
                    }
                    return number;
                })
                .iterator();
    }

    /** One, two and so on. */
    private static Stream<Integer> numbers() {
        PRODUCED.set(0);
        return Stream.generate(PRODUCED::incrementAndGet).onClose(LAZY_CLOSED::countDown);
    }

    private static long sum(RemoteStream<?> numbers) {
        long sum = 0;
        for (Object number : numbers) {
            sum += (Long) number;
        }
        return sum;
    }

    private static Object first(RemoteStream<?> numbers) {
        try (RemoteStream<?> closing = numbers) {
            return closing.next();
        }
    }
}
