package io.hypha.rpc.java;

import io.hypha.rpc.call.RemoteFunction;
import io.hypha.rpc.call.TransferProgress;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.Timeouts;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A function of another client, whose calls return futures: {@link HyphaFunction} in its other form. Safe for use by
 * several threads.
 *
 * <p>A future fails with what the blocking call throws: {@code get} throws it as the cause of an
 * {@code ExecutionException}, {@code join} of a {@code CompletionException}. Cancelling the future cancels the remote
 * call, and so does completing it in another way, such as {@code orTimeout}; cancelling one that was made of it, as by
 * {@code thenApply}, does not. What depends on a future runs where the handlers of the client run, and may block.
 * {@code get} and {@code join} wait as blocking calls do, and are refused where those are.
 */
public final class HyphaAsyncFunction {
    private final RemoteFunction function;
    private final JavaExecution execution;

    HyphaAsyncFunction(RemoteFunction function) {
        this.function = function;
        this.execution = JavaExecution.of(function);
    }

    /** The same function for calls that wait for their results. */
    public HyphaFunction blocking() {
        return new HyphaFunction(function);
    }

    RemoteFunction function() {
        return function;
    }

    /** The name that its owner gave it, or {@code null}. */
    public String name() {
        return function.getName();
    }

    /** What its owner says that it does, or {@code null}. */
    public String description() {
        return function.getDoc();
    }

    /** Its parameters as its owner describes them (protocol §4.7), or {@code null}. */
    public Map<String, Object> schema() {
        return function.getSchema();
    }

    /**
     * The same function with calls that may run twice without harm, such as those that only read: they are repeated
     * once also when the provider left or fell silent before it answered. Only functions of services that follow their
     * provider are; others stay as they are.
     */
    public HyphaAsyncFunction idempotent() {
        return new HyphaAsyncFunction(function.idempotent());
    }

    /** Calls it; the future fails with what {@link HyphaFunction#call(Class, Object...)} throws. */
    public <T> CompletableFuture<T> call(Class<T> result, Object... arguments) {
        return execution.future(new RemoteCall(function, arguments).start(result));
    }

    /** Calls it; the future fails with what {@link HyphaFunction#call(Class, Object...)} throws. */
    public <T> CompletableFuture<T> call(TypeRef<T> result, Object... arguments) {
        return execution.future(new RemoteCall(function, arguments).start(result.type()));
    }

    /** The items of the stream that it returns. It is called when the first one is asked for. */
    public <T> AsyncStream<T> stream(Class<T> item, Object... arguments) {
        return new AsyncStream<>(new RemoteCall(function, arguments).stream(item), execution);
    }

    /** The items of the stream that it returns. It is called when the first one is asked for. */
    public <T> AsyncStream<T> stream(TypeRef<T> item, Object... arguments) {
        return new AsyncStream<>(new RemoteCall(function, arguments).stream(item.type()), execution);
    }

    /** The same function with another limit for how long its provider may be silent. */
    public HyphaAsyncFunction withTimeout(long silence, TimeUnit unit) {
        return new HyphaAsyncFunction(Timeouts.of(function, Nanoseconds.of(silence, unit)));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaAsyncFunction withTimeout(Duration silence) {
        return new HyphaAsyncFunction(Timeouts.of(function, Nanoseconds.of(silence)));
    }

    /** The same function with calls that tell of their progress; see {@link HyphaFunction#onProgress}. */
    public HyphaAsyncFunction onProgress(Listener<? super TransferProgress> listener) {
        return new HyphaAsyncFunction(Progress.told(function, listener));
    }

    @Override
    public String toString() {
        return "HyphaAsyncFunction(" + name() + ")";
    }
}
