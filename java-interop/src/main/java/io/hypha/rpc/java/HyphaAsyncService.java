package io.hypha.rpc.java;

import io.hypha.rpc.jvm.Timeouts;
import io.hypha.rpc.service.RemoteService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A service of another client, whose calls return futures: {@link HyphaService} in its other form. Safe for use by
 * several threads. What is said at {@link HyphaAsyncFunction} holds for its futures.
 */
public final class HyphaAsyncService implements AutoCloseable {
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

    /** Calls a function; fails as {@link HyphaAsyncFunction#call(Class, Object...)} does. */
    public <T> CompletableFuture<T> call(String name, Class<T> result, Object... arguments) {
        return function(name).call(result, arguments);
    }

    /** Calls a function; fails as {@link HyphaAsyncFunction#call(Class, Object...)} does. */
    public <T> CompletableFuture<T> call(String name, TypeRef<T> result, Object... arguments) {
        return function(name).call(result, arguments);
    }

    /** The items of the stream that a function returns. The function is called when the first one is asked for. */
    public <T> RemoteStream<T> stream(String name, Class<T> item, Object... arguments) {
        return function(name).stream(item, arguments);
    }

    /** The items of the stream that a function returns. The function is called when the first one is asked for. */
    public <T> RemoteStream<T> stream(String name, TypeRef<T> item, Object... arguments) {
        return function(name).stream(item, arguments);
    }

    /** The same service with another limit for how long its provider may be silent. */
    public HyphaAsyncService withTimeout(long silence, TimeUnit unit) {
        return new HyphaAsyncService(Timeouts.of(service, Nanoseconds.of(silence, unit)));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaAsyncService withTimeout(Duration silence) {
        return new HyphaAsyncService(Timeouts.of(service, Nanoseconds.of(silence)));
    }

    /**
     * Ends the connection that was opened for this service alone, as {@link Hypha#getRemoteService} does. Any other
     * service needs no closing. Returns at once and may be called again.
     */
    @Override
    public void close() {
        service.close();
    }

    @Override
    public String toString() {
        return "HyphaAsyncService(" + id() + ")";
    }
}
