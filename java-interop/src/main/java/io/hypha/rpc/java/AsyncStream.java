package io.hypha.rpc.java;

import io.hypha.rpc.jvm.AsyncItems;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.Suspending;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kotlin.Unit;
import kotlinx.coroutines.flow.Flow;

/**
 * The items of a stream of another client, to be taken once, by code that does not wait for them: {@link RemoteStream}
 * in its other form. The function that it comes from is called when the first item is asked for; it is asked for an
 * item when that is wanted, never ahead. Whoever does not take all of them has to close the stream, which ends the
 * remote generator.
 *
 * <p>Safe for use by several threads; what is asked for is done in the order in which it is asked. Actions run where
 * the handlers of the client run, one at a time, and may block and throw anything. When an action throws, when the
 * stream fails and when a future of this stream is cancelled, the stream is closed; the future fails with what was
 * thrown, and later ones find no items. Cancelling interrupts an action that is running.
 *
 * @param <T> the type of the items, which may be {@code null}.
 */
public final class AsyncStream<T> implements AutoCloseable {
    private final AsyncItems<T> items;
    private final JavaExecution execution;

    AsyncStream(Flow<T> flow, JavaExecution execution) {
        this.items = new AsyncItems<>(flow, execution);
        this.execution = execution;
    }

    /**
     * Hands every item that is left to the action. The next one is asked for when the action has returned. The future
     * completes when the action has returned for the last one.
     */
    public CompletableFuture<Void> forEach(Action1<? super T> action) {
        Suspending<Unit> call = continuation -> items.forEach(action::run, continuation);
        return execution.future(call.map(ignored -> null));
    }

    /**
     * Hands the next item to the action: {@code true} when that has returned, {@code false} when there was none left.
     */
    public CompletableFuture<Boolean> tryAdvance(Action1<? super T> action) {
        return execution.future(continuation -> items.advance(action::run, continuation));
    }

    /** All items that are left. For streams that end, and fit into memory. */
    public CompletableFuture<List<T>> toList() {
        return execution.future(continuation -> items.toList(Long.MAX_VALUE, continuation));
    }

    /**
     * The next items, up to a number of them. When there are as many the stream is closed.
     *
     * @throws IllegalArgumentException when {@code most} is negative.
     */
    public CompletableFuture<List<T>> toList(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("a list of " + most + " items");
        }
        return execution.future(continuation -> items.toList(most, continuation));
    }

    /**
     * Ends the stream; whoever waits for an item learns that there is none. Does not wait for the other side, and may
     * be called again.
     */
    @Override
    public void close() {
        items.close();
    }
}
