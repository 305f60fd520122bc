package io.hypha.rpc.java;

import io.hypha.rpc.jvm.Blocking;
import io.hypha.rpc.jvm.PullStream;
import io.hypha.rpc.jvm.PulledItem;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The items of a stream of another client, to be taken once. Every item is asked for when it is wanted. Whoever does
 * not take all of them has to close the stream, which ends the remote generator; one that was taken to its end, or was
 * never begun, needs no closing.
 *
 * <p>For one thread at a time, but any thread may close it. {@link #hasNext} and {@link #next} block, and fail as
 * {@link HyphaFunction#call(Class, Object...)} does; the stream is closed then.
 *
 * @param <T> the type of the items.
 */
public final class RemoteStream<T> implements Iterator<T>, Iterable<T>, AutoCloseable {
    private final PullStream<T> stream;
    private PulledItem<T> ahead;
    private volatile boolean isEnded;

    RemoteStream(PullStream<T> stream) {
        this.stream = stream;
    }

    /** Waits until it is known whether there is another item. False after {@link #close}. */
    @Override
    public boolean hasNext() {
        if (ahead == null && !isEnded) {
            boolean isTaken = false;
            try {
                ahead = Blocking.await(continuation -> stream.next(continuation));
                isTaken = true;
            } finally {
                if (!isTaken) {
                    close();
                }
            }
            if (ahead == null) {
                isEnded = true;
            }
        }
        return !isEnded;
    }

    /** Waits for the next item, which may be {@code null}. */
    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the stream has no more items");
        }
        T item = ahead.getValue();
        ahead = null;
        return item;
    }

    /** This stream itself: what was taken from it does not come again. */
    @Override
    public Iterator<T> iterator() {
        return this;
    }

    /** Ends the stream. Does not wait for the other side, and may be called again. */
    @Override
    public void close() {
        isEnded = true;
        stream.close();
    }
}
