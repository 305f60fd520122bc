package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.RemoteException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AsyncStreamTest {
    private final AtomicInteger produced = new AtomicInteger();
    private final CountDownLatch isClosed = new CountDownLatch(1);

    private TwoClients clients;
    private HyphaAsyncService service;

    @BeforeEach
    void offer() {
        clients = new TwoClients();
        service = clients.offer(TwoClients.open("streams")
                        .function("numbers", () -> Stream.generate(produced::incrementAndGet)
                                .onClose(isClosed::countDown))
                        .function("gaps", () -> Arrays.asList("a", null, "b").iterator())
                        .function("failing", () -> Stream.of(1, 0).map(number -> 1 / number)))
                .async();
    }

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    @DisplayName("every item is handed over, in order and null included, and then the future completes")
    void forEach() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        service.stream("gaps", String.class).forEach(seen::add).get(30, TimeUnit.SECONDS);
        assertEquals(Arrays.asList("a", null, "b"), seen);
        assertEquals(
                Arrays.asList("a", null, "b"),
                service.stream("gaps", String.class).toList().get(30, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("the next item is asked for when the action has returned, which may block")
    void backPressure() throws Exception {
        List<Integer> ahead = Collections.synchronizedList(new ArrayList<>());
        AsyncStream<Integer> stream = service.stream("numbers", Integer.class);
        CompletableFuture<Void> done = stream.forEach(item -> {
            clients.caller.echo(item);
            ahead.add(produced.get() - item);
            if (item == 20) {
                stream.close();
            }
        });
        done.get(30, TimeUnit.SECONDS);
        assertEquals(Collections.nCopies(20, 0), ahead);
        assertTrue(isClosed.await(30, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("an action that throws closes the stream and fails the future with what it threw")
    void failingAction() throws Exception {
        CompletableFuture<Void> done = service.stream("numbers", Integer.class).forEach(item -> {
            throw new IllegalArgumentException("enough");
        });
        CompletionException failure = assertThrows(CompletionException.class, done::join);
        assertEquals(
                "enough",
                assertInstanceOf(IllegalArgumentException.class, failure.getCause())
                        .getMessage());
        assertTrue(isClosed.await(30, TimeUnit.SECONDS));
        assertEquals(1, produced.get());
    }

    @Test
    @DisplayName("cancelling the future closes the stream and interrupts the action")
    void cancel() throws Exception {
        CountDownLatch isRunning = new CountDownLatch(1);
        CountDownLatch isInterrupted = new CountDownLatch(1);
        CompletableFuture<Void> done = service.stream("numbers", Integer.class).forEach(item -> {
            isRunning.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                isInterrupted.countDown();
            }
        });
        assertTrue(isRunning.await(30, TimeUnit.SECONDS));
        done.cancel(true);
        assertTrue(isInterrupted.await(30, TimeUnit.SECONDS));
        assertTrue(isClosed.await(30, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("a stream that fails fails the future, after the items before the failure")
    void failure() {
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> done = service.stream("failing", Integer.class).forEach(seen::add);
        assertInstanceOf(
                RemoteException.class,
                assertThrows(CompletionException.class, done::join).getCause());
        assertEquals(Collections.singletonList(1), seen);
    }

    @Test
    @DisplayName("items are taken one by one, and what is asked for at once is done in order")
    void oneByOne() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        AsyncStream<String> stream = service.stream("gaps", String.class);
        List<CompletableFuture<Boolean>> steps = new ArrayList<>();
        for (int step = 0; step < 5; step++) {
            steps.add(stream.tryAdvance(seen::add));
        }
        List<Boolean> wasThere = new ArrayList<>();
        for (CompletableFuture<Boolean> step : steps) {
            wasThere.add(step.get(30, TimeUnit.SECONDS));
        }
        assertEquals(Arrays.asList(true, true, true, false, false), wasThere);
        assertEquals(Arrays.asList("a", null, "b"), seen);
    }

    @Test
    @DisplayName("a list of so many items asks for no more, and closes the stream")
    void boundedList() throws Exception {
        AsyncStream<Integer> stream = service.stream("numbers", Integer.class);
        assertEquals(Arrays.asList(1, 2, 3), stream.toList(3).get(30, TimeUnit.SECONDS));
        assertTrue(isClosed.await(30, TimeUnit.SECONDS));
        assertEquals(3, produced.get());
        assertFalse(stream.tryAdvance(item -> {}).get(30, TimeUnit.SECONDS));
        assertThrows(IllegalArgumentException.class, () -> stream.toList(-1));
    }

    @Test
    @DisplayName("a stream that is closed before it begins calls nothing")
    void closedAtOnce() throws Exception {
        AsyncStream<Integer> stream = service.stream("numbers", Integer.class);
        stream.close();
        stream.close();
        assertEquals(Collections.emptyList(), stream.toList().get(30, TimeUnit.SECONDS));
        assertEquals(0, produced.get());
    }
}
