package io.hypha.rpc.java;

import io.hypha.rpc.jvm.Blocking;
import io.hypha.rpc.jvm.PullStream;
import io.hypha.rpc.jvm.PulledItem;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The items of a stream of another client; waits for each. */
final class ReceivedItems<T> implements Iterator<T> {
    private final PullStream<T> stream;
    private PulledItem<T> ahead;

    ReceivedItems(PullStream<T> stream) {
        this.stream = stream;
    }

    @Override
    public boolean hasNext() {
        if (ahead == null) {
            ahead = Blocking.await(continuation -> stream.next(continuation));
        }
        return ahead != null;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the stream has no more items");
        }
        T item = ahead.getValue();
        ahead = null;
        return item;
    }
}
