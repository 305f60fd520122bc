package io.hypha.rpc.java;

import io.hypha.rpc.MethodNotFoundException;
import io.hypha.rpc.jvm.JavaCalls;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.JavaServices;
import io.hypha.rpc.jvm.JavaTools;
import io.hypha.rpc.jvm.Suspending;
import io.hypha.rpc.jvm.Timeouts;
import io.hypha.rpc.service.RemoteService;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import kotlin.Unit;

/**
 * A service of another client, whose calls return futures: {@link HyphaService} in its other form. Safe for use by
 * several threads. What is said at {@link HyphaAsyncFunction} holds for its futures.
 */
public final class HyphaAsyncService extends ServiceFace {
    HyphaAsyncService(RemoteService service) {
        super(service);
    }

    /** The same service for calls that wait for their results. */
    public HyphaService blocking() {
        return new HyphaService(service);
    }

    /** Its functions as tools for a language model. */
    public HyphaAsyncTools tools() {
        return new HyphaAsyncTools(new JavaTools(service));
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

    /**
     * This service as an interface; see {@link HyphaService#proxy(Class)}. The types of the methods say which of them
     * wait and which return futures, so both forms make the same proxy.
     */
    public <T> T proxy(Class<T> type) {
        return type.cast(InterfaceProxy.of(service, type));
    }

    /** The same for an interface with type parameters: {@code service.proxy(new TypeRef<Store<Integer>>() {})}. */
    @SuppressWarnings("unchecked") // The proxy implements the interface.
    public <T> T proxy(TypeRef<T> type) {
        return (T) InterfaceProxy.of(service, type.type());
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
     * The same service with calls that may run twice without harm, such as those that only read. A service that was
     * looked up is looked up again when its provider has moved; its calls are repeated when they certainly did not run,
     * and those of this one also when the provider left or fell silent before it answered.
     */
    public HyphaAsyncService idempotent() {
        return new HyphaAsyncService(service.idempotent());
    }

    /**
     * Has the owner of an interface object forget it; of a service that was registered it does nothing. A second time
     * is fine, also when the owner has forgotten it already or is gone.
     */
    public CompletableFuture<Void> dispose() {
        Suspending<Unit> call = continuation -> service.dispose(continuation);
        return JavaServices.execution(service).future(call.map(done -> null));
    }

    /**
     * The same as {@link #dispose} without waiting for it: returns at once, and tells the owner as long as the
     * connection lasts. Of a service for which a connection was opened, as {@link Hypha#getRemoteService} does, it ends
     * that connection. Other services need no closing.
     */
    @Override
    public void close() {
        service.close();
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
