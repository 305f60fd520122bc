package io.hypha.rpc.java;

import io.hypha.rpc.jvm.JavaServices;
import io.hypha.rpc.jvm.JavaTools;
import io.hypha.rpc.jvm.Timeouts;
import io.hypha.rpc.service.RemoteService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A service of another client. Its functions are called by name, with dots for nested ones ({@code math.mul}). Safe for
 * use by several threads.
 *
 * <p>Arguments may be {@code null}, boxed numbers, {@code String}, {@code byte[]} and other arrays of primitives,
 * {@code List}, {@code Set}, {@code Map}, {@link io.hypha.rpc.value.NDArray}, {@code BigInteger} up to 64 bits,
 * {@code ByteBuffer}, {@code InputStream}, {@code Optional}, {@code Instant}, enum constants, records and beans,
 * instances of classes with a {@link HyphaCodec}, {@link Callback}, {@link HyphaFunction}, {@link HyphaInterface} and
 * {@link HyphaService}; all of them are listed in {@code docs/values.md}. An argument array that is {@code null} itself
 * means one argument, {@code null}.
 *
 * <p>Results are asked for as a class, or as a {@link TypeRef} where there are type arguments. {@code Object} is
 * whatever arrives: integers as {@code Long} ({@code BigInteger} beyond), {@code Double}, {@code String},
 * {@code Boolean}, {@code byte[]}, {@code List}, {@code Set}, {@code Map}, {@code NDArray}, {@link HyphaFunction},
 * {@link RemoteStream}, {@code InputStream}. A result that does not fit is an {@link io.hypha.rpc.EncodingException};
 * {@code Void} takes any result and returns {@code null}.
 */
public final class HyphaService extends ServiceFace {
    HyphaService(RemoteService service) {
        super(service);
    }

    /**
     * A service that was received without a type, such as an interface object in the data of an event. Where a type can
     * be said, as of a parameter or a result, write {@code HyphaService.class}.
     *
     * @param received the map that it arrived as.
     */
    public static HyphaService of(Map<?, ?> received) {
        return new HyphaService(ReceivedMembers.serviceOf(received));
    }

    /** The same service for calls that return futures in place of waiting. */
    public HyphaAsyncService async() {
        return new HyphaAsyncService(service);
    }

    /** Its functions as tools for a language model. */
    public HyphaTools tools() {
        return new HyphaTools(new JavaTools(service));
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

    /**
     * This service as an interface: {@code Calculator calc = service.proxy(Calculator.class);}.
     *
     * <p>What the interface may hold:
     *
     * <ul>
     *   <li>{@code int add(int a, int b)} is a call that waits for its result, which may be {@code void};
     *       {@code CompletableFuture<Integer> add(int a, int b)} is one that does not.
     *   <li>{@code RemoteStream<Integer> count(int n)} is a stream, and so are {@link AsyncStream}, {@code Iterator},
     *       {@code java.util.stream.Stream} and, on Android from API level 30 on, {@code Flow.Publisher}. The function
     *       is called when the first item is asked for. Close what is not read to its end.
     *   <li>Parameters and results whose type is a functional interface, such as {@link Action1}{@code <Double>},
     *       {@link Handler1}, {@code Consumer} or one of your own with {@code @FunctionalInterface}, are callbacks.
     *       Parameters and results may also be {@link HyphaFunction} and {@link HyphaService}.
     *   <li>A parameter of the type {@code Optional} that is empty is left out, or nil where others follow. A last
     *       parameter of the type {@link Kwargs} passes further arguments by name; it may be {@code null}. One of the
     *       type {@link io.hypha.rpc.call.CallContext} is for implementations; whatever is passed for it is not sent.
     *   <li>{@link Constant} and {@link Group} make a method a constant or a group of further members. Both are read
     *       once, here.
     *   <li>Default methods run here and may call the others, on Android from API level 33 on; with
     *       {@link io.hypha.rpc.jvm.RemoteName} they are remote. Static methods are none of the service, and neither is
     *       {@code close()} of an interface that extends {@code AutoCloseable}: that of a proxy closes the service as
     *       {@link #close} does, and nobody else can close an implementation. With {@link Exposed} it is a function
     *       like any other.
     * </ul>
     *
     * <p>Names are those of the methods, or those that {@code @RemoteName} states.
     * {@link io.hypha.rpc.jvm.PassByKeyword} at the interface or at a method passes arguments by name; the names are
     * those that {@code @RemoteName} states at the parameters, or those that {@code javac -parameters} left in the
     * class.
     *
     * <p>Calls throw what those of {@link HyphaFunction#call(Class, Object...)} do, whatever exceptions the methods
     * declare, and keep the time-out of {@code withTimeout}. A proxy is equal to itself only. Safe for use by several
     * threads.
     *
     * @throws IllegalArgumentException when the interface cannot describe a service, naming every member that stands in
     *     the way; when it has type parameters, which a {@link TypeRef} binds.
     * @throws io.hypha.rpc.MethodNotFoundException when the service lacks members, naming all of them; nothing was
     *     sent.
     * @throws io.hypha.rpc.EncodingException when a constant is of another type.
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
    public HyphaService withTimeout(long silence, TimeUnit unit) {
        return new HyphaService(Timeouts.of(service, Nanoseconds.of(silence, unit)));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaService withTimeout(Duration silence) {
        return new HyphaService(Timeouts.of(service, Nanoseconds.of(silence)));
    }

    /**
     * The same service with calls that may run twice without harm, such as those that only read. A service that was
     * looked up is looked up again when its provider has moved; its calls are repeated when they certainly did not run,
     * and those of this one also when the provider left or fell silent before it answered.
     */
    public HyphaService idempotent() {
        return new HyphaService(service.idempotent());
    }

    /**
     * Has the owner of an interface object forget it, and waits for that; of a service that was registered it does
     * nothing. A second time is fine, also when the owner has forgotten it already or is gone.
     *
     * @throws io.hypha.rpc.HyphaException when the owner could not be told.
     */
    public void dispose() {
        JavaServices.execution(service).await(continuation -> service.dispose(continuation));
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

    @Override
    public String toString() {
        return "HyphaService(" + id() + ")";
    }
}
