package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hypha.rpc.MethodNotFoundException;
import io.hypha.rpc.hub.HubOptions;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.service.ServiceInfo;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MovedServicesTest {
    private static final String TOKEN = "a-root-token-that-is-for-this-test-only";

    @Test
    @Timeout(30)
    @DisplayName("a service and a function taken from it are found again after their provider has restarted")
    void movedService() {
        HubOptions.Builder options = new HubOptions.Builder();
        options.setRootToken(TOKEN);
        try (HyphaHub hub = HyphaHub.start(options.build());
                HyphaClient caller = connect(hub)) {
            HyphaService adder;
            HyphaFunction add;
            try (HyphaClient first = connect(hub)) {
                first.registerService(adder(1));
                adder = caller.getService("adder");
                add = adder.function("add");
                assertEquals(2, adder.call("add", Integer.class, 1));
                assertEquals(2, add.call(Integer.class, 1));
            }
            // Each look at the list is a round trip; the hub forgets the services of a client with the client itself.
            while (caller.listServices().stream()
                    .anyMatch(service -> service.getId().endsWith(":adder"))) {
                Thread.onSpinWait();
            }
            try (HyphaClient second = connect(hub)) {
                second.registerService(adder(10));
                assertEquals(11, add.call(Integer.class, 1));
                assertEquals(11, adder.call("add", Integer.class, 1));
            }
        }
    }

    interface Counter {
        int add(int a);

        int one();

        CompletableFuture<Integer> later();

        AsyncStream<Integer> async();

        Flow.Publisher<Integer> published();
    }

    @Test
    @Timeout(30)
    @DisplayName("what a restarted provider lacks fails where the method says: at once, in the future, in the stream")
    void lostFunctions() {
        HubOptions.Builder options = new HubOptions.Builder();
        options.setRootToken(TOKEN);
        try (HyphaHub hub = HyphaHub.start(options.build());
                HyphaClient caller = connect(hub)) {
            Counter counter;
            try (HyphaClient first = connect(hub)) {
                first.registerService(TwoClients.open("adder")
                        .function("add", Param.of("a", Integer.class), a -> a)
                        .function("one", () -> 1)
                        .function("later", () -> 1)
                        .function("async", () -> RemoteStream.of(Arrays.asList(1)))
                        .function("published", () -> RemoteStream.of(Arrays.asList(1)))
                        .build());
                counter = caller.getService("adder").proxy(Counter.class);
                assertEquals(1, counter.add(1));
            }
            while (caller.listServices().stream()
                    .anyMatch(service -> service.getId().endsWith(":adder"))) {
                Thread.onSpinWait();
            }
            try (HyphaClient second = connect(hub)) {
                second.registerService(adder(10));
                assertEquals(11, counter.add(1));
                assertThrows(MethodNotFoundException.class, counter::one);
                assertMissing(counter.later());
                assertMissing(counter.async().toList());
                assertMissing(endOf(counter.published()));
            }
        }
    }

    private static CompletableFuture<Void> endOf(Flow.Publisher<Integer> publisher) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        publisher.subscribe(new Flow.Subscriber<Integer>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
            }

            @Override
            public void onNext(Integer item) {}

            @Override
            public void onError(Throwable failure) {
                end.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                end.complete(null);
            }
        });
        return end;
    }

    private static void assertMissing(CompletableFuture<?> future) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS));
        assertInstanceOf(MethodNotFoundException.class, failure.getCause());
    }

    @Test
    @DisplayName("the schema of a function has the types of its parameters, and requires those without a default")
    void schema() {
        try (TwoClients clients = new TwoClients()) {
            ServiceInfo info = clients.provider.registerService(adder(1));
            Map<?, ?> member = (Map<?, ?>) info.getServiceSchema().get("add");
            Map<?, ?> parameters = (Map<?, ?>) ((Map<?, ?>) member.get("function")).get("parameters");
            assertEquals(Collections.singletonList("a"), parameters.get("required"));
            Map<?, ?> a = (Map<?, ?>) ((Map<?, ?>) parameters.get("properties")).get("a");
            assertEquals("integer", a.get("type"));
        }
    }

    private static HyphaClient connect(HyphaHub hub) {
        return Hypha.builder(hub.getUrl()).token(TOKEN).connect();
    }

    private static ServiceDefinition adder(int by) {
        return TwoClients.open("adder")
                .function("add", Param.of("a", Integer.class), Param.optional("b", Integer.class, by), (a, b) -> a + b)
                .build();
    }
}
