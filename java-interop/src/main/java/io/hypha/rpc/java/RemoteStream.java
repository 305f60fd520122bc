package io.hypha.rpc.java;

import io.hypha.rpc.jvm.PullStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The items of a stream of another client, to be taken once. Every item is asked for when it is wanted. Whoever does
 * not take all of them has to close the stream, which ends the remote generator; one that was taken to its end, or was
 * never begun, needs no closing.
 *
 * <p>For one thread at a time, but any thread may close it. {@link #hasNext} and {@link #next} block, and fail as
 * {@link HyphaFunction#call(Class, Object...)} does; the stream is closed then.
 *
 * <p>{@code of} makes one of items of this program, for functions that are declared to return one. It travels as a
 * stream, as every {@code Iterator} and {@code java.util.stream.Stream} does: an item is taken when the other client
 * asks for one, where handlers run, and the stream is closed when that client has enough.
 *
 * @param <T> the type of the items, which may be {@code null}.
 */
public final class RemoteStream<T> implements Iterator<T>, Iterable<T>, AutoCloseable {
    private final Iterator<? extends T> items;
    private final Runnable onClose;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private RemoteStream(Iterator<? extends T> items, Runnable onClose) {
        this.items = Objects.requireNonNull(items, "items");
        this.onClose = onClose;
    }

    RemoteStream(PullStream<T> stream) {
        this(new ReceivedItems<>(stream), stream::close);
    }

    /** A stream of what is in a collection, or in anything else that has an iterator. */
    public static <T> RemoteStream<T> of(Iterable<? extends T> items) {
        return of(items.iterator());
    }

    /** A stream of what an iterator has left. */
    public static <T> RemoteStream<T> of(Iterator<? extends T> items) {
        return new RemoteStream<>(items, () -> {});
    }

    /** A stream of the elements of a Java stream, which is closed with it. */
    public static <T> RemoteStream<T> of(Stream<? extends T> items) {
        return new RemoteStream<>(items.iterator(), items::close);
    }

    /** Waits until it is known whether there is another item. False after {@link #close}. */
    @Override
    public boolean hasNext() {
        boolean isThere = false;
        try {
            isThere = !isClosed.get() && items.hasNext();
        } finally {
            if (!isThere) {
                close();
            }
        }
        return isThere && !isClosed.get();
    }

    /** Waits for the next item, which may be {@code null}. */
    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the stream has no more items");
        }
        boolean isTaken = false;
        try {
            T item = items.next();
            isTaken = true;
            return item;
        } finally {
            if (!isTaken) {
                close();
            }
        }
    }

    /** This stream itself: what was taken from it does not come again. */
    @Override
    public Iterator<T> iterator() {
        return this;
    }

    /**
     * What is left as a sequential {@code java.util.stream.Stream}, which takes each item when it is wanted and does
     * not split. Closing that closes this stream: use try-with-resources where it may not be taken to its end, as with
     * {@code limit} or {@code findFirst}.
     */
    public Stream<T> stream() {
        Spliterator<T> itself = Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED);
        return StreamSupport.stream(itself, false).onClose(this::close);
    }

    /**
     * Ends the stream. Does not wait for the other side, and may be called again. When the stream came as an argument
     * of a call, the reply to that waits until the other side has closed it, for a few seconds at most.
     */
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            onClose.run();
        }
    }
}
