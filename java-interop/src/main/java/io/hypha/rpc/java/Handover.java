package io.hypha.rpc.java;

import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.Suspending;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A call whose result has to be closed. When the caller gives up at the very moment at which the result comes, nobody
 * would have it: it is closed then.
 */
final class Handover<T extends AutoCloseable> {
    private static final Object NOTHING = new Object();
    private static final Object GIVEN_UP = new Object();

    /** What was made, until it is known who has it. */
    private final AtomicReference<Object> state = new AtomicReference<>(NOTHING);

    private Handover() {}

    /** Waits for the call; the result is closed when the thread is interrupted just as it comes. */
    static <T extends AutoCloseable> T await(JavaExecution execution, Suspending<T> call) {
        Handover<T> handover = new Handover<>();
        T taken = null;
        try {
            taken = execution.await(call.map(handover::made));
            return taken;
        } finally {
            handover.end(taken);
        }
    }

    /** Starts the call; the result is closed when the future ends with anything else. */
    static <T extends AutoCloseable> CompletableFuture<T> future(JavaExecution execution, Suspending<T> call) {
        Handover<T> handover = new Handover<>();
        CompletableFuture<T> future = execution.future(call.map(handover::made));
        future.whenComplete((value, failure) -> handover.end(value));
        return future;
    }

    private T made(T result) {
        if (!state.compareAndSet(NOTHING, result)) {
            close(result);
        }
        return result;
    }

    private void end(T taken) {
        Object made = state.getAndSet(GIVEN_UP);
        if (made != NOTHING && made != GIVEN_UP && made != taken) {
            close((AutoCloseable) made);
        }
    }

    private static void close(AutoCloseable result) {
        try {
            result.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing does not fail in this library", e);
        }
    }
}
