package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients have handed each other, when the hub between them is started anew. */
@Timeout(60)
class HandedOutTest {
    @Test
    @DisplayName("a function that a call returned, an interface object and a callback of a running call work as before")
    void functions() throws Exception {
        CompletableFuture<HyphaService> kept = new CompletableFuture<>();
        CountDownLatch isRunning = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Param<HyphaFunction> callback = Param.of("callback", HyphaFunction.class);
        try (RestartingHub hub = new RestartingHub();
                HyphaClient provider = hub.ann().connect();
                HyphaClient caller = hub.ann().connect()) {
            provider.registerService(TwoClients.open("keeper")
                    .function("doubler", () -> Callback.returning(Integer.class, number -> 2 * number))
                    .action("keep", Param.of("object", HyphaService.class), kept::complete)
                    .function("callLater", callback, function -> {
                        isRunning.countDown();
                        mayGoOn.await();
                        return function.call(Integer.class, 20);
                    })
                    .build());
            HyphaService keeper = caller.getService("keeper");
            HyphaFunction doubler = keeper.call("doubler", HyphaFunction.class);
            HyphaInterface tripler = HyphaInterface.builder()
                    .function("triple", Param.of("number", Integer.class), number -> 3 * number)
                    .build();
            keeper.call("keep", Void.class, tripler);
            CompletableFuture<Integer> called = keeper.async()
                    .call("callLater", Integer.class, Callback.returning(Integer.class, number -> number + 1));
            isRunning.await();
            hub.restartFor(provider, caller);
            assertEquals(8, doubler.call(Integer.class, 4));
            assertEquals(9, kept.get().call("triple", Integer.class, 3));
            mayGoOn.countDown();
            assertEquals(21, called.get());
            tripler.dispose();
        }
    }
}
