package io.hypha.rpc.java;

import io.hypha.rpc.jvm.Timeouts;
import io.hypha.rpc.service.RemoteService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A service of another client. Its functions are called by name, with dots for nested ones ({@code math.mul}). Safe for
 * use by several threads.
 *
 * <p>Arguments may be {@code null}, boxed numbers, {@code String}, {@code byte[]} and other arrays of primitives,
 * {@code List}, {@code Set}, {@code Map}, {@link io.hypha.rpc.value.NDArray}, {@code BigInteger} up to 64 bits,
 * {@code ByteBuffer}, {@code InputStream}, {@code Optional}, {@code Instant}, enum constants, records and beans,
 * instances of classes with a {@link HyphaCodec}, {@link Callback}, {@link HyphaFunction} and {@link HyphaService}; all
 * of them are listed in {@code docs/values.md}. An argument array that is {@code null} itself means one argument,
 * {@code null}.
 *
 * <p>Results are asked for as a class, or as a {@link TypeRef} where there are type arguments. {@code Object} is
 * whatever arrives: integers as {@code Long} ({@code BigInteger} beyond), {@code Double}, {@code String},
 * {@code Boolean}, {@code byte[]}, {@code List}, {@code Set}, {@code Map}, {@code NDArray}, {@link HyphaFunction},
 * {@link RemoteStream}, {@code InputStream}. A result that does not fit is an {@link io.hypha.rpc.EncodingException};
 * {@code Void} takes any result and returns {@code null}.
 */
public final class HyphaService {
    private final RemoteService service;

    HyphaService(RemoteService service) {
        this.service = service;
    }

    /** The same service for calls that return futures in place of waiting. */
    public HyphaAsyncService async() {
        return new HyphaAsyncService(service);
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
    public HyphaFunction function(String name) {
        return new HyphaFunction(service.get(name));
    }

    /** Calls a function and waits for its result; fails as {@link HyphaFunction#call(Class, Object...)} does. */
    public <T> T call(String name, Class<T> result, Object... arguments) {
        return function(name).call(result, arguments);
    }

    /** Calls a function and waits for its result; fails as {@link HyphaFunction#call(Class, Object...)} does. */
    public <T> T call(String name, TypeRef<T> result, Object... arguments) {
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
    public HyphaService withTimeout(long silence, TimeUnit unit) {
        return new HyphaService(Timeouts.of(service, Nanoseconds.of(silence, unit)));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaService withTimeout(Duration silence) {
        return new HyphaService(Timeouts.of(service, Nanoseconds.of(silence)));
    }

    @Override
    public String toString() {
        return "HyphaService(" + id() + ")";
    }
}
