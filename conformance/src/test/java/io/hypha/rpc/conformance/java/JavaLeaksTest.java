package io.hypha.rpc.conformance.java;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hypha.rpc.hub.HubOptions;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.Callback;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaFunction;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.RemoteStream;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.leaks.Inventory;
import io.hypha.rpc.leaks.RepetitionsKt;
import io.hypha.rpc.service.Visibility;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JavaLeaksTest {
    private static final int WARM_UP = 300;
    private static final int MOMENTS = 40;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private static final ServiceDefinition SERVICE = ServiceDefinition.builder("leaks")
            .visibility(Visibility.Public)
            .function("apply", Param.of("f", HyphaFunction.class), f -> f.call(Integer.class, 1))
            .function("numbers", () -> Stream.iterate(1, number -> number + 1))
            .build();

    @Test
    @DisplayName("ten thousand futures that are cancelled, and a thousand streams that are closed early, leave nothing")
    void nothing() {
        try (HyphaHub hub = HyphaHub.start();
                HyphaClient provider = Hypha.connect(hub.getUrl());
                HyphaClient caller = Hypha.connect(hub.getUrl())) {
            HyphaService service =
                    caller.getService(provider.registerService(SERVICE).getId());
            Callback callback = Callback.returning(Integer.class, number -> number);
            shouldLeaveNothing(provider, caller, RepetitionsKt.repetitions(10_000), number -> {
                CompletableFuture<Integer> future = service.async().call("apply", Integer.class, callback);
                for (int i = 0; i < number % MOMENTS; i++) {
                    Thread.yield();
                }
                future.cancel(true);
            });
            shouldLeaveNothing(provider, caller, RepetitionsKt.repetitions(1000), number -> {
                try (RemoteStream<Integer> numbers = service.stream("numbers", Integer.class)) {
                    assertEquals(1, numbers.next());
                }
            });
        }
    }

    @Test
    @DisplayName("the threads of clients end with them")
    void threads() {
        HubOptions noGrace =
                HubOptions.builder().workspaceGrace(0, TimeUnit.SECONDS).build();
        try (HyphaHub hub = HyphaHub.start(noGrace)) {
            use(hub);
            Inventory before = Inventory.Companion.take(Collections.emptyList());
            for (int i = 0; i < RepetitionsKt.repetitions(30); i++) {
                use(hub);
            }
            shouldBeFlat(before, 30);
        }
    }

    private static void use(HyphaHub hub) {
        try (HyphaClient provider = Hypha.connect(hub.getUrl());
                HyphaClient caller = Hypha.connect(hub.getUrl())) {
            HyphaService service =
                    caller.getService(provider.registerService(SERVICE).getId());
            assertEquals(1, service.call("apply", Integer.class, Callback.returning(Integer.class, n -> n)));
        }
    }

    private static void shouldLeaveNothing(HyphaClient provider, HyphaClient caller, int times, IntConsumer step) {
        for (int i = 0; i < WARM_UP; i++) {
            step.accept(i);
        }
        HeldSessions.assertNoneLeft(caller);
        HeldSessions.assertNoneLeft(provider);
        Inventory before = Inventory.Companion.take(Collections.emptyList());
        for (int i = 0; i < times; i++) {
            step.accept(i);
        }
        HeldSessions.assertNoneLeft(caller);
        HeldSessions.assertNoneLeft(provider);
        shouldBeFlat(before, times);
    }

    /** What was given up ends a little later. */
    private static void shouldBeFlat(Inventory before, int times) {
        long end = System.nanoTime() + PATIENCE;
        List<String> growth = growth(before, times);
        while (!growth.isEmpty() && System.nanoTime() < end) {
            growth = growth(before, times);
        }
        assertEquals(List.of(), growth);
    }

    private static List<String> growth(Inventory before, int times) {
        return Inventory.Companion.take(Collections.emptyList()).growthSince(before, times);
    }
}
