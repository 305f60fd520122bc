package io.hypha.rpc.java;

import io.hypha.rpc.client.HyphaEvent;
import io.hypha.rpc.jvm.EventPuller;
import io.hypha.rpc.jvm.JavaExecution;
import java.util.concurrent.CompletableFuture;

/**
 * The events of a client that fit, as futures: {@link EventStream} in its other form. Ask for the next event when the
 * one before is there.
 */
public final class AsyncEventStream implements AutoCloseable {
    private final EventPuller events;
    private final JavaExecution execution;

    AsyncEventStream(EventPuller events, JavaExecution execution) {
        this.events = events;
        this.execution = execution;
    }

    /**
     * Becomes the next event that fits; {@code null} when the connection has ended, and after {@link #close}.
     * Cancelling it closes the stream.
     */
    public CompletableFuture<HyphaEvent> next() {
        CompletableFuture<HyphaEvent> event = execution.future(continuation -> events.next(continuation));
        event.whenComplete((value, failure) -> {
            if (event.isCancelled()) {
                close();
            }
        });
        return event;
    }

    /** Stops listening. Does not wait for the server, and may be called again. */
    @Override
    public void close() {
        events.close();
    }
}
