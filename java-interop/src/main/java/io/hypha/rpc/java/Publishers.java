package io.hypha.rpc.java;

import java.util.concurrent.Flow;

/**
 * Streams of other clients as publishers of {@code java.util.concurrent.Flow}, which Android has from API level 30 on.
 *
 * <p>Such a publisher is cold: the function is called anew for every subscriber, when that requests its first item. The
 * remote generator is asked for an item only when one was requested, one at a time and never ahead, so the end of the
 * stream is known only to a subscriber that requests more than there is. {@code cancel} ends the generator. Failures
 * are those of {@link HyphaFunction#call(Class, Object...)}. An item that is {@code null}, which a publisher may not
 * send, fails the stream with a {@code NullPointerException}.
 *
 * <p>Subscribers are told one thing after the other, where the handlers of the client run; there they may block. One
 * that throws gets nothing more, and its exception goes to the uncaught-exception handler of the thread.
 *
 * <p>The other direction needs nothing of this class: a publisher as an argument or a result travels as a stream, and
 * is requested an item when the other client asks for one.
 */
@BeyondAndroid24
public final class Publishers {
    private Publishers() {}

    /**
     * The stream that a function of a service returns.
     *
     * @throws io.hypha.rpc.MethodNotFoundException when the service has no function of that name.
     */
    public static <T> Flow.Publisher<T> stream(HyphaService service, String name, Class<T> item, Object... arguments) {
        return stream(service.function(name), item, arguments);
    }

    /**
     * The stream that a function of a service returns.
     *
     * @throws io.hypha.rpc.MethodNotFoundException when the service has no function of that name.
     */
    public static <T> Flow.Publisher<T> stream(
            HyphaService service, String name, TypeRef<T> item, Object... arguments) {
        return stream(service.function(name), item, arguments);
    }

    /** The stream that a function returns. */
    public static <T> Flow.Publisher<T> stream(HyphaFunction function, Class<T> item, Object... arguments) {
        return new StreamPublisher<>(new RemoteCall(function.function(), arguments).stream(item), function.execution());
    }

    /** The stream that a function returns. */
    public static <T> Flow.Publisher<T> stream(HyphaFunction function, TypeRef<T> item, Object... arguments) {
        return new StreamPublisher<>(
                new RemoteCall(function.function(), arguments).stream(item.type()), function.execution());
    }
}
