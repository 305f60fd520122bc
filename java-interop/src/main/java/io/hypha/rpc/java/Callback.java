package io.hypha.rpc.java;

import io.hypha.rpc.call.LocalFunction;
import io.hypha.rpc.call.Parameter;
import io.hypha.rpc.jvm.BlockingCallback;
import io.hypha.rpc.jvm.BlockingHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A function of this program that is passed as an argument: {@code hello.call("watch", Void.class,
 * Callback.of(Double.class, p -> System.out.println(p)))}. The other side can call it until the call that it was passed
 * to returns.
 *
 * <p>{@code of} makes one without a result, {@code returning} one with a result. The parameters are given as classes,
 * since a lambda does not keep their types; {@code null} fits each of them, except for primitive ones.
 *
 * <p>Calls of one callback run one at a time, in the order of their arrival, on a thread that may block. While one of
 * them waits for a call that it makes itself, the next one may run.
 */
public final class Callback {
    private final BlockingCallback callback;

    private Callback(BlockingHandler handler, Class<?>... types) {
        List<Parameter> parameters = new ArrayList<>();
        for (Class<?> type : types) {
            parameters.add(Param.anonymous(parameters.size(), type));
        }
        callback = new BlockingCallback(parameters, handler);
    }

    private Callback(BlockingCallback callback) {
        this.callback = callback;
    }

    static Callback of(List<Parameter> parameters, BlockingHandler handler) {
        return new Callback(new BlockingCallback(parameters, handler));
    }

    /** A callback of one parameter and without a result. */
    public static <A> Callback of(Class<A> a, Action1<A> action) {
        return new Callback(Handlers.action(action), a);
    }

    /** A callback of two parameters and without a result. */
    public static <A, B> Callback of(Class<A> a, Class<B> b, Action2<A, B> action) {
        return new Callback(Handlers.action(action), a, b);
    }

    /** A callback of three parameters and without a result. */
    public static <A, B, C> Callback of(Class<A> a, Class<B> b, Class<C> c, Action3<A, B, C> action) {
        return new Callback(Handlers.action(action), a, b, c);
    }

    /** A callback of one parameter that returns a result. */
    public static <A, R> Callback returning(Class<A> a, Handler1<A, R> handler) {
        return new Callback(Handlers.function(handler), a);
    }

    /** A callback of two parameters that returns a result. */
    public static <A, B, R> Callback returning(Class<A> a, Class<B> b, Handler2<A, B, R> handler) {
        return new Callback(Handlers.function(handler), a, b);
    }

    /** A callback of three parameters that returns a result. */
    public static <A, B, C, R> Callback returning(Class<A> a, Class<B> b, Class<C> c, Handler3<A, B, C, R> handler) {
        return new Callback(Handlers.function(handler), a, b, c);
    }

    LocalFunction function() {
        return callback.getFunction();
    }

    /** Finds the callbacks among values, and in maps among them. */
    static void addAll(Iterable<?> values, List<BlockingCallback> found) {
        for (Object value : values) {
            if (value instanceof Callback) {
                found.add(((Callback) value).callback);
            } else if (value instanceof Map) {
                addAll(((Map<?, ?>) value).values(), found);
            }
        }
    }

    @Override
    public String toString() {
        return "Callback(" + function().getParameters().size() + " parameters)";
    }
}
