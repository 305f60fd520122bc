package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.RemoteException;
import io.hypha.rpc.call.CallContext;
import io.hypha.rpc.jvm.PassByKeyword;
import io.hypha.rpc.jvm.RemoteName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One interface, called through a proxy and served by an implementation. */
class TypedCallsTest {
    private static TwoClients clients;

    @BeforeAll
    static void connect() {
        clients = new TwoClients();
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    private static <T> T typed(String id, Class<T> type, T implementation) {
        return clients.offer(TwoClients.open(id).implement(type, implementation))
                .proxy(type);
    }

    interface Calculator {
        int add(int a, int b);

        void fail(String message) throws IOException;

        List<String> sorted(List<String> names, boolean isReversed);

        default int twice(int a) {
            return add(a, a);
        }

        static int none() {
            return 0;
        }
    }

    private static final class MyCalculator implements Calculator {
        @Override
        public int add(int a, int b) {
            return a + b;
        }

        @Override
        public void fail(String message) throws IOException {
            throw new IOException(message);
        }

        @Override
        public List<String> sorted(List<String> names, boolean isReversed) {
            List<String> sorted = new ArrayList<>(names);
            sorted.sort(isReversed ? (a, b) -> b.compareTo(a) : String::compareTo);
            return sorted;
        }
    }

    @Test
    @DisplayName("a method that returns a value waits for it")
    void waiting() {
        Calculator calculator = typed("waiting", Calculator.class, new MyCalculator());
        assertEquals(5, calculator.add(2, 3));
        assertEquals(Arrays.asList("b", "a"), calculator.sorted(Arrays.asList("a", "b"), true));
        assertEquals(14, calculator.twice(7));
    }

    @Test
    @DisplayName("default and static methods are no functions of the service")
    void localMethods() {
        HyphaService service = clients.offer(TwoClients.open("local").implement(Calculator.class, new MyCalculator()));
        assertEquals(Arrays.asList("add", "fail", "sorted"), service.functionNames());
    }

    @Test
    @DisplayName("what an implementation throws arrives as a remote exception, whatever the method declares")
    void failures() {
        Calculator calculator = typed("failures", Calculator.class, new MyCalculator());
        RemoteException failure = assertThrows(RemoteException.class, () -> calculator.fail("no such file"));
        assertEquals("no such file", failure.getRemoteMessage());
        assertEquals("IOException", failure.getRemoteType());
    }

    interface Unruly {
        void run() throws Throwable;
    }

    @Test
    @DisplayName("a Throwable that is neither exception nor error is told by its name")
    void throwable() {
        Unruly unruly = typed("unruly", Unruly.class, () -> {
            throw new Throwable("odd");
        });
        RemoteException failure = assertThrows(RemoteException.class, unruly::run);
        assertTrue(failure.getRemoteMessage().contains("java.lang.Throwable: odd"), failure.getRemoteMessage());
    }

    @Test
    @DisplayName("a proxy is equal to itself only, and says what it is")
    void identity() {
        HyphaService service =
                clients.offer(TwoClients.open("identity").implement(Calculator.class, new MyCalculator()));
        Calculator one = service.proxy(Calculator.class);
        Calculator other = service.async().proxy(Calculator.class);
        assertEquals(one, one);
        assertNotEquals(one, other);
        assertEquals(one.hashCode(), one.hashCode());
        assertEquals("Calculator(" + service.id() + ")", one.toString());
    }

    interface Futures {
        CompletableFuture<Integer> later(int n);

        CompletionStage<Void> nothing();

        CompletableFuture<Integer> never();

        boolean wasCancelled();
    }

    private static final class MyFutures implements Futures {
        private final CompletableFuture<Integer> pending = new CompletableFuture<>();
        private final CountDownLatch cancelled = new CountDownLatch(1);
        final CountDownLatch begun = new CountDownLatch(1);

        @Override
        public CompletableFuture<Integer> later(int n) {
            return n < 0 ? failed() : CompletableFuture.supplyAsync(() -> n + 1);
        }

        private static CompletableFuture<Integer> failed() {
            CompletableFuture<Integer> failed = new CompletableFuture<>();
            failed.completeExceptionally(new IllegalStateException("negative"));
            return failed;
        }

        @Override
        public CompletionStage<Void> nothing() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Integer> never() {
            pending.whenComplete((value, failure) -> cancelled.countDown());
            begun.countDown();
            return pending;
        }

        @Override
        public boolean wasCancelled() {
            try {
                cancelled.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return pending.isCancelled();
        }
    }

    @Test
    @DisplayName("methods that return futures neither wait nor hold a thread of the provider")
    void futures() throws Exception {
        Futures futures = typed("futures", Futures.class, new MyFutures());
        assertEquals(2, futures.later(1).get());
        assertNull(futures.nothing().toCompletableFuture().get());
        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> futures.later(-1).get());
        assertEquals("negative", ((RemoteException) failure.getCause()).getRemoteMessage());
    }

    @Test
    @DisplayName("cancelling the caller's future cancels that of the implementation")
    void cancelledFuture() throws Exception {
        MyFutures implementation = new MyFutures();
        Futures futures = typed("cancelled-future", Futures.class, implementation);
        CompletableFuture<Integer> never = futures.never();
        implementation.begun.await();
        assertTrue(never.cancel(true));
        assertTrue(futures.wasCancelled());
    }

    interface Streams {
        RemoteStream<Integer> count(int n);

        Stream<String> words(String text);

        Iterator<Integer> numbers(int n);

        Flow.Publisher<Integer> published(int n);

        CompletableFuture<RemoteStream<Integer>> later(int n);

        int sum(RemoteStream<Integer> numbers);

        int sumPublished(Flow.Publisher<Integer> numbers);
    }

    private static final class MyStreams implements Streams {
        @Override
        public RemoteStream<Integer> count(int n) {
            return RemoteStream.of(IntStream.range(0, n).iterator());
        }

        @Override
        public Stream<String> words(String text) {
            return Arrays.stream(text.split(" "));
        }

        @Override
        public Iterator<Integer> numbers(int n) {
            return count(n);
        }

        @Override
        public Flow.Publisher<Integer> published(int n) {
            return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
                private int next;

                @Override
                public void request(long count) {
                    if (next < n) {
                        subscriber.onNext(next++);
                    } else {
                        subscriber.onComplete();
                    }
                }

                @Override
                public void cancel() {}
            });
        }

        @Override
        public CompletableFuture<RemoteStream<Integer>> later(int n) {
            return CompletableFuture.completedFuture(count(n));
        }

        @Override
        public int sum(RemoteStream<Integer> numbers) {
            int sum = 0;
            for (int number : numbers) {
                sum += number;
            }
            return sum;
        }

        @Override
        public int sumPublished(Flow.Publisher<Integer> numbers) {
            return taken(numbers).stream().mapToInt(Integer::intValue).sum();
        }
    }

    private static List<Integer> taken(Flow.Publisher<Integer> publisher) {
        CompletableFuture<List<Integer>> all = new CompletableFuture<>();
        List<Integer> items = new ArrayList<>();
        publisher.subscribe(new Flow.Subscriber<Integer>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(Integer item) {
                items.add(item);
            }

            @Override
            public void onError(Throwable failure) {
                all.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                all.complete(items);
            }
        });
        return all.join();
    }

    @Test
    @DisplayName("streams travel both ways, as what the interface declares")
    void streams() throws Exception {
        HyphaService service = clients.offer(TwoClients.open("streams").implement(Streams.class, new MyStreams()));
        Streams streams = service.proxy(Streams.class);
        try (RemoteStream<Integer> count = streams.count(3)) {
            assertEquals(0, count.next());
            assertEquals(1, count.next());
        }
        try (Stream<String> words = streams.words("a b c")) {
            assertEquals(Arrays.asList("a", "b", "c"), words.collect(Collectors.toList()));
        }
        assertEquals(0, streams.numbers(1).next());
        assertEquals(Arrays.asList(0, 1, 2), taken(streams.published(3)));
        try (RemoteStream<Integer> later = streams.later(1).get()) {
            assertEquals(0, later.next());
            assertFalse(later.hasNext());
        }
        assertEquals(6, streams.sum(RemoteStream.of(Arrays.asList(1, 2, 3))));
        assertEquals(3, streams.sumPublished(streams.published(3)));
    }

    interface AsyncCount {
        AsyncStream<Integer> count(int n);
    }

    @Test
    @DisplayName("a stream may be taken by code that does not wait")
    void asyncStream() throws Exception {
        HyphaService service = clients.offer(TwoClients.open("async").implement(Streams.class, new MyStreams()));
        AsyncCount streams = service.proxy(AsyncCount.class);
        assertEquals(Arrays.asList(0, 1), streams.count(2).toList().get());
        ServiceDefinitionBuilder builder = ServiceDefinition.builder("sent");
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class, () -> builder.implement(AsyncCount.class, n -> streams.count(n)));
        assertTrue(failure.getMessage().contains("'count': its result is an AsyncStream"), failure.getMessage());
    }

    interface Store<T> {
        void put(String key, T value);

        T get(String key);

        T[] all();
    }

    private static final class MemoryStore<T> implements Store<T> {
        private final Map<String, T> values = new java.util.TreeMap<>();
        private final T[] none;

        MemoryStore(T[] none) {
            this.none = none;
        }

        @Override
        public void put(String key, T value) {
            values.put(key, value);
        }

        @Override
        public T get(String key) {
            return values.get(key);
        }

        @Override
        public T[] all() {
            return values.values().toArray(none);
        }
    }

    interface IntegerStore extends Store<Integer> {
        @Override
        Integer get(String key);

        default int getOrZero(String key) {
            Integer value = get(key);
            return value == null ? 0 : value;
        }
    }

    @Test
    @DisplayName("the type parameters of an interface are bound by the caller, or by an interface that extends it")
    void genericInterfaces() {
        TypeRef<Store<Integer>> type = new TypeRef<Store<Integer>>() {};
        HyphaService service =
                clients.offer(TwoClients.open("store").implement(type, new MemoryStore<>(new Integer[0])));
        Store<Integer> store = service.proxy(type);
        store.put("a", 1);
        assertEquals(1, store.get("a"));
        assertNull(store.get("b"));
        assertEquals(1, store.all()[0]);
        IntegerStore integers = service.proxy(IntegerStore.class);
        assertEquals(1, ((Store<Integer>) integers).get("a"));
        assertEquals(1, integers.getOrZero("a"));
        assertEquals(0, integers.getOrZero("b"));
    }

    interface Optionals {
        String join(String a, Optional<String> b, @DefaultValue("3") int times, Optional<Action1<String>> onPart);

        Optional<String> find(String key);
    }

    private static final class MyOptionals implements Optionals {
        @Override
        public String join(String a, Optional<String> b, int times, Optional<Action1<String>> onPart) {
            onPart.ifPresent(action -> {
                try {
                    action.run(a);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            return a + b.orElse("-") + times;
        }

        @Override
        public Optional<String> find(String key) {
            return key.isEmpty() ? Optional.empty() : Optional.of(key);
        }
    }

    @Test
    @DisplayName("Optional parameters and those with a default may be left out")
    void optionals() {
        HyphaService service =
                clients.offer(TwoClients.open("optionals").implement(Optionals.class, new MyOptionals()));
        assertEquals("a-3", service.call("join", String.class, "a"));
        assertEquals("a-3", service.call("join", String.class, "a", null, null));
        assertEquals(
                "ab1",
                service.call("join", String.class, "a", Kwargs.of("times", 1).and("b", "b")));
        Optionals optionals = service.proxy(Optionals.class);
        assertEquals("a-2", optionals.join("a", Optional.empty(), 2, Optional.empty()));
        List<String> parts = new ArrayList<>();
        assertEquals("ab2", optionals.join("a", Optional.of("b"), 2, Optional.of(parts::add)));
        assertEquals(Arrays.asList("a"), parts);
        assertEquals(Optional.of("k"), optionals.find("k"));
        assertEquals(Optional.empty(), optionals.find(""));
    }

    interface Named {
        @PassByKeyword
        @RemoteName("resize_image")
        String resize(@RemoteName("new_width") int width, Optional<Integer> height);

        String more(String first, Kwargs rest);
    }

    @Test
    @DisplayName("arguments go by name where the interface says so, and extra ones arrive as Kwargs")
    void names() {
        Named named = typed("named", Named.class, new Named() {
            @Override
            public String resize(int width, Optional<Integer> height) {
                return width + "x" + height.orElse(width);
            }

            @Override
            public String more(String first, Kwargs rest) {
                return first + rest.asMap();
            }
        });
        assertEquals("3x3", named.resize(3, Optional.empty()));
        assertEquals("3x4", named.resize(3, Optional.of(4)));
        assertEquals("a{x=1, y=[2]}", named.more("a", Kwargs.of("x", 1).and("y", Arrays.asList(2))));
        assertEquals("a{}", named.more("a", null));
    }

    @Test
    @DisplayName("keywords with names that nothing declares are still refused where there are no Kwargs")
    void unknownKeyword() {
        HyphaService service = clients.offer(TwoClients.open("strict").implement(Calculator.class, new MyCalculator()));
        RemoteException failure = assertThrows(
                RemoteException.class,
                () -> service.call(
                        "add", Integer.class, Kwargs.of("a", 1).and("b", 2).and("c", 3)));
        assertTrue(failure.getRemoteMessage().contains("no parameter 'c'"), failure.getRemoteMessage());
    }

    interface WhoCalls {
        String greet(String name, CallContext caller);
    }

    @Test
    @DisplayName("implementations are told who calls, and no caller can say otherwise")
    void context() {
        WhoCalls who = typed("who", WhoCalls.class, (name, caller) -> name + " of " + caller.getFrom());
        String me = clients.caller.workspace() + "/" + clients.caller.clientId();
        assertEquals("John of " + me, who.greet("John", null));
    }
}
