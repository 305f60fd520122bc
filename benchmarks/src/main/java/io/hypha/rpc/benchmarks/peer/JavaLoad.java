package io.hypha.rpc.benchmarks.peer;

import io.hypha.rpc.java.HyphaAsyncService;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.RemoteStream;
import io.hypha.rpc.value.NDArray;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a Java program does with the functions of the benchmark: it waits for one call at a time, and has futures for
 * more.
 */
final class JavaLoad {
    private static final String NAME = "microscope";

    private final HyphaService service;
    private final HyphaAsyncService async;
    private final double[] doubles = new double[Load.ARRAY_ELEMENTS];

    JavaLoad(HyphaService service) {
        this.service = service;
        async = service.async();
        Arrays.setAll(doubles, i -> i * 0.5);
    }

    /** Does {@code what}, so many at a time and until then; returns how many were done. */
    long run(String what, int inFlight, long end) {
        switch (what) {
            case "calls":
                return inFlight == 1 ? calls(end) : futures(inFlight, end);
            case "arrays":
                return arrays(end);
            default:
                return items(end);
        }
    }

    private long calls(long end) {
        long count = 0;
        while (System.nanoTime() < end) {
            service.call("hello", String.class, NAME);
            count++;
        }
        return count;
    }

    private long futures(int inFlight, long end) {
        LongAdder count = new LongAdder();
        CompletableFuture<?>[] chains = new CompletableFuture<?>[inFlight];
        for (int i = 0; i < inFlight; i++) {
            CompletableFuture<Void> chain = new CompletableFuture<>();
            chains[i] = chain;
            next(chain, count, end);
        }
        CompletableFuture.allOf(chains).join();
        return count.sum();
    }

    /** The next of the calls that follow each other; {@code chain} is completed after the last one. */
    private void next(CompletableFuture<Void> chain, LongAdder count, long end) {
        if (System.nanoTime() >= end) {
            chain.complete(null);
            return;
        }
        async.call("hello", String.class, NAME).whenComplete((text, failure) -> {
            if (failure != null) {
                chain.completeExceptionally(failure);
            } else {
                count.increment();
                next(chain, count, end);
            }
        });
    }

    private long arrays(long end) {
        long count = 0;
        while (System.nanoTime() < end) {
            service.call("echo", NDArray.class, (Object) doubles);
            count++;
        }
        return count;
    }

    private long items(long end) {
        long count = 0;
        try (RemoteStream<Integer> items = service.stream("count", Integer.class)) {
            while (System.nanoTime() < end) {
                items.next();
                count++;
            }
        }
        return count;
    }

    /** Makes sure that what comes back is what was sent. */
    void check() {
        if (!service.call("hello", String.class, NAME).equals("Hello " + NAME)) {
            throw new IllegalStateException("the call returned something else");
        }
        NDArray echo = service.call("echo", NDArray.class, (Object) doubles);
        if (!Arrays.equals(echo.toDoubleArray(), doubles)) {
            throw new IllegalStateException("the array came back changed");
        }
    }
}
