package io.hypha.rpc.java;

import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.Suspending;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A call whose result has to be closed. When the caller gives up at the very moment at which the result comes, nobody
 * would have it: it is closed then.
 */
final class Handover<T> {
    private static final Object NOTHING = new Object();
    private static final Object GIVEN_UP = new Object();

    /** What was made, until it is known who has it. */
    private final AtomicReference<Object> state = new AtomicReference<>(NOTHING);

    private final Consumer<T> close;

    private Handover(Consumer<T> close) {
        this.close = close;
    }

    /** Waits for the call; the result is closed when the thread is interrupted just as it comes. */
    static <T> T await(JavaExecution execution, Suspending<T> call, Consumer<T> close) {
        Handover<T> handover = new Handover<>(close);
        T taken = null;
        try {
            taken = execution.await(call.map(handover::made));
            return taken;
        } finally {
            handover.end(taken);
        }
    }

    /** Starts the call; the result is closed when the future ends with anything else. */
    static <T> CompletableFuture<T> future(JavaExecution execution, Suspending<T> call, Consumer<T> close) {
        Handover<T> handover = new Handover<>(close);
        CompletableFuture<T> future = execution.future(call.map(handover::made));
        future.whenComplete((value, failure) -> handover.end(value));
        return future;
    }

    private T made(T result) {
        if (!state.compareAndSet(NOTHING, result)) {
            close.accept(result);
        }
        return result;
    }

    @SuppressWarnings("unchecked") // Whatever is neither of the two marks came from made().
    private void end(T taken) {
        Object made = state.getAndSet(GIVEN_UP);
        if (made != NOTHING && made != GIVEN_UP && made != taken) {
            close.accept((T) made);
        }
    }
}
