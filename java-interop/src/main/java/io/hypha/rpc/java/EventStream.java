package io.hypha.rpc.java;

import io.hypha.rpc.client.HyphaEvent;
import io.hypha.rpc.jvm.EventPuller;
import io.hypha.rpc.jvm.JavaExecution;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The events of a client that fit, from the moment on that this was made, to be taken once and in the order of their
 * arrival. It ends with the connection; whoever stops earlier has to close it. Whoever is slow by 1,024 events or 64
 * MiB loses the oldest, which the log says.
 *
 * <p>For one thread at a time, but any thread may close it. {@link #hasNext} and {@link #next} block. Interrupting the
 * waiting thread closes the stream: it gets a {@link java.util.concurrent.CancellationException} and stays interrupted.
 */
public final class EventStream implements Iterator<HyphaEvent>, Iterable<HyphaEvent>, AutoCloseable {
    private final EventPuller events;
    private final JavaExecution execution;
    private HyphaEvent ahead;
    private volatile boolean isClosed;

    EventStream(EventPuller events, JavaExecution execution) {
        this.events = events;
        this.execution = execution;
    }

    /** Waits for an event that fits. False when the connection has ended, and after {@link #close}. */
    @Override
    public boolean hasNext() {
        if (isClosed) {
            ahead = null;
            return false;
        }
        if (ahead == null) {
            boolean isWhole = false;
            try {
                ahead = execution.await(continuation -> events.next(continuation));
                isWhole = true;
            } finally {
                if (!isWhole) {
                    close();
                }
            }
        }
        return ahead != null;
    }

    /** Waits for the next event that fits. */
    @Override
    public HyphaEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there are no more events");
        }
        HyphaEvent event = ahead;
        ahead = null;
        return event;
    }

    /** This stream itself: what was taken from it does not come again. */
    @Override
    public Iterator<HyphaEvent> iterator() {
        return this;
    }

    /**
     * Stops listening; what has arrived already does not come any more. Does not wait for the server, and may be called
     * again.
     */
    @Override
    public void close() {
        isClosed = true;
        events.close();
    }
}
