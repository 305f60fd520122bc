package io.hypha.rpc.samples;

import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaAsyncService;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.service.Visibility;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Calls that return futures: several at once, one that is cancelled, one that takes too long. With a hub of its own.
 */
public final class JavaFutures {
    private JavaFutures() {}

    private static final Semaphore STARTED = new Semaphore(0);
    private static final Semaphore INTERRUPTED = new Semaphore(0);

    /** Starts a hub and two clients, one of which works for the other. */
    public static void main(String[] args) throws InterruptedException {
        ServiceDefinition worker = ServiceDefinition.builder("worker")
                .visibility(Visibility.Public)
                .function("square", Param.of("number", Integer.class), number -> number * number)
                .action("endless", JavaFutures::endless)
                .build();
        try (HyphaHub hub = HyphaHub.start();
                HyphaClient provider = Hypha.connect(hub.getUrl());
                HyphaClient caller = Hypha.connect(hub.getUrl())) {
            String id = provider.registerService(worker).getId();
            use(caller.getService(id).async());
        }
    }

    // tag::java-futures[]
    static void use(HyphaAsyncService worker) throws InterruptedException {
        List<CompletableFuture<Integer>> squares = IntStream.range(0, 5)
                .mapToObj(number -> worker.call("square", Integer.class, number))
                .collect(Collectors.toList());
        CompletableFuture.allOf(squares.toArray(new CompletableFuture<?>[0])).join();
        System.out.println(squares.stream().map(CompletableFuture::join).collect(Collectors.toList()));

        CompletableFuture<Void> endless = worker.call("endless", Void.class);
        STARTED.acquire();
        endless.cancel(true);
        INTERRUPTED.acquire();
        System.out.println("cancelled");

        CompletableFuture<Void> late = worker.call("endless", Void.class);
        STARTED.acquire();
        String outcome = late.orTimeout(100, TimeUnit.MILLISECONDS)
                .handle((result, failure) -> failure instanceof TimeoutException ? "too late" : "done")
                .join();
        INTERRUPTED.acquire();
        System.out.println(outcome);
    }

    private static void endless() throws InterruptedException {
        STARTED.release();
        try {
            new CountDownLatch(1).await(); // until the caller gives up
        } finally {
            INTERRUPTED.release();
        }
    }
    // end::java-futures[]
}
