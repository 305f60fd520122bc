package io.hypha.rpc.java;

import io.hypha.rpc.MethodNotFoundException;
import io.hypha.rpc.jvm.JavaCalls;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.Timeouts;
import io.hypha.rpc.service.RemoteService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A service of another client, whose calls return futures: {@link HyphaService} in its other form. Safe for use by
 * several threads. What is said at {@link HyphaAsyncFunction} holds for its futures.
 */
public final class HyphaAsyncService {
    private final RemoteService service;

    HyphaAsyncService(RemoteService service) {
        this.service = service;
    }

    /** The same service for calls that wait for their results. */
    public HyphaService blocking() {
        return new HyphaService(service);
    }

    RemoteService service() {
        return service;
    }

    /** The full id, {@code workspace/client:service}. */
    public String id() {
        return service.getId();
    }

    /** The name to show, or {@code null}. */
    public String name() {
        return service.getName();
    }

    /** What it is for, or {@code null}. */
    public String description() {
        return service.getDescription();
    }

    /** The names of all functions, nested ones with dots. */
    public List<String> functionNames() {
        return service.functionNames();
    }

    /**
     * The function of that name.
     *
     * @throws io.hypha.rpc.MethodNotFoundException when the service has none of that name; nothing was sent.
     */
    public HyphaAsyncFunction function(String name) {
        return new HyphaAsyncFunction(service.get(name));
    }

    /**
     * Calls a function. The future fails as that of {@link HyphaAsyncFunction#call(Class, Object...)} does, and with a
     * {@link io.hypha.rpc.MethodNotFoundException} when there is no function of that name.
     */
    public <T> CompletableFuture<T> call(String name, Class<T> result, Object... arguments) {
        return on(name, function -> function.call(result, arguments), HyphaAsyncService::failed);
    }

    /** Calls a function; fails as {@link #call(String, Class, Object...)} does. */
    public <T> CompletableFuture<T> call(String name, TypeRef<T> result, Object... arguments) {
        return on(name, function -> function.call(result, arguments), HyphaAsyncService::failed);
    }

    /**
     * The items of the stream that a function returns. The function is called when the first one is asked for, which
     * fails when there is no function of that name.
     */
    public <T> AsyncStream<T> stream(String name, Class<T> item, Object... arguments) {
        return on(name, function -> function.stream(item, arguments), this::failedStream);
    }

    /** The items of the stream that a function returns, as those of {@link #stream(String, Class, Object...)}. */
    public <T> AsyncStream<T> stream(String name, TypeRef<T> item, Object... arguments) {
        return on(name, function -> function.stream(item, arguments), this::failedStream);
    }

    /** The same service with another limit for how long its provider may be silent. */
    public HyphaAsyncService withTimeout(long silence, TimeUnit unit) {
        return new HyphaAsyncService(Timeouts.of(service, Nanoseconds.of(silence, unit)));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaAsyncService withTimeout(Duration silence) {
        return new HyphaAsyncService(Timeouts.of(service, Nanoseconds.of(silence)));
    }

    /** What a call returns fails; it does not throw. */
    private <R> R on(String name, Function<HyphaAsyncFunction, R> call, Function<MethodNotFoundException, R> failed) {
        HyphaAsyncFunction function;
        try {
            function = function(name);
        } catch (MethodNotFoundException e) {
            return failed.apply(e);
        }
        return call.apply(function);
    }

    private static <T> CompletableFuture<T> failed(MethodNotFoundException failure) {
        CompletableFuture<T> future = new CompletableFuture<>();
        future.completeExceptionally(failure);
        return future;
    }

    private <T> AsyncStream<T> failedStream(MethodNotFoundException failure) {
        return new AsyncStream<>(JavaCalls.failing(failure), JavaExecution.getDefault());
    }

    @Override
    public String toString() {
        return "HyphaAsyncService(" + id() + ")";
    }
}
