package io.hypha.rpc.java;

import io.hypha.rpc.call.LocalFunction;
import io.hypha.rpc.call.Parameter;
import io.hypha.rpc.jvm.BlockingCallback;
import io.hypha.rpc.jvm.BlockingHandler;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * A function of this program that is passed as an argument: {@code hello.call("watch", Void.class,
 * Callback.of(Double.class, p -> System.out.println(p)))}. It may stand in a map, list or array among the arguments,
 * too. The other side can call it until the call that it was passed to returns; later it is told that the method is not
 * there any more. What it may keep for longer is a {@link HyphaInterface}.
 *
 * <p>{@code of} makes one without a result, {@code returning} one with a result. The parameters are given as classes,
 * since a lambda does not keep their types, or as {@link TypeRef}s when one of them has type arguments
 * ({@link TypeRef#of} makes one of a class). {@code null} fits each of them, except for primitive ones such as
 * {@code int.class}, and a parameter that the caller leaves out is {@code null}; arguments of another type, and too
 * many of them, are errors of the caller. What the callback throws arrives at the caller with its type and message.
 *
 * <p>Calls of one callback run one at a time, in the order of their arrival, on a thread that may block. While one of
 * them waits for a call that it makes itself, the next one may run. One callback may be passed to many calls.
 */
public final class Callback {
    private final LocalFunction function;

    private Callback(BlockingHandler handler, Type... types) {
        List<Parameter> parameters = new ArrayList<>();
        for (Type type : types) {
            parameters.add(Param.anonymous(parameters.size(), type));
        }
        function = new BlockingCallback(parameters, handler).getFunction();
    }

    /** A callback without parameters and without a result. */
    public static Callback of(Action0 action) {
        return new Callback(Handlers.action(action));
    }

    /** A callback of one parameter and without a result. */
    public static <A> Callback of(Class<A> a, Action1<A> action) {
        return new Callback(Handlers.action(action), a);
    }

    /** A callback of one parameter and without a result. */
    public static <A> Callback of(TypeRef<A> a, Action1<A> action) {
        return new Callback(Handlers.action(action), a.type());
    }

    /** A callback of two parameters and without a result. */
    public static <A, B> Callback of(Class<A> a, Class<B> b, Action2<A, B> action) {
        return new Callback(Handlers.action(action), a, b);
    }

    /** A callback of two parameters and without a result. */
    public static <A, B> Callback of(TypeRef<A> a, TypeRef<B> b, Action2<A, B> action) {
        return new Callback(Handlers.action(action), a.type(), b.type());
    }

    /** A callback of three parameters and without a result. */
    public static <A, B, C> Callback of(Class<A> a, Class<B> b, Class<C> c, Action3<A, B, C> action) {
        return new Callback(Handlers.action(action), a, b, c);
    }

    /** A callback of three parameters and without a result. */
    public static <A, B, C> Callback of(TypeRef<A> a, TypeRef<B> b, TypeRef<C> c, Action3<A, B, C> action) {
        return new Callback(Handlers.action(action), a.type(), b.type(), c.type());
    }

    /** A callback of four parameters and without a result. */
    public static <A, B, C, D> Callback of(Class<A> a, Class<B> b, Class<C> c, Class<D> d, Action4<A, B, C, D> action) {
        return new Callback(Handlers.action(action), a, b, c, d);
    }

    /** A callback of four parameters and without a result. */
    public static <A, B, C, D> Callback of(
            TypeRef<A> a, TypeRef<B> b, TypeRef<C> c, TypeRef<D> d, Action4<A, B, C, D> action) {
        return new Callback(Handlers.action(action), a.type(), b.type(), c.type(), d.type());
    }

    /** A callback of five parameters and without a result. */
    public static <A, B, C, D, E> Callback of(
            Class<A> a, Class<B> b, Class<C> c, Class<D> d, Class<E> e, Action5<A, B, C, D, E> action) {
        return new Callback(Handlers.action(action), a, b, c, d, e);
    }

    /** A callback of five parameters and without a result. */
    public static <A, B, C, D, E> Callback of(
            TypeRef<A> a, TypeRef<B> b, TypeRef<C> c, TypeRef<D> d, TypeRef<E> e, Action5<A, B, C, D, E> action) {
        return new Callback(Handlers.action(action), a.type(), b.type(), c.type(), d.type(), e.type());
    }

    /** A callback without parameters that returns a result. */
    public static <R> Callback returning(Handler0<R> handler) {
        return new Callback(Handlers.function(handler));
    }

    /** A callback of one parameter that returns a result. */
    public static <A, R> Callback returning(Class<A> a, Handler1<A, R> handler) {
        return new Callback(Handlers.function(handler), a);
    }

    /** A callback of one parameter that returns a result. */
    public static <A, R> Callback returning(TypeRef<A> a, Handler1<A, R> handler) {
        return new Callback(Handlers.function(handler), a.type());
    }

    /** A callback of two parameters that returns a result. */
    public static <A, B, R> Callback returning(Class<A> a, Class<B> b, Handler2<A, B, R> handler) {
        return new Callback(Handlers.function(handler), a, b);
    }

    /** A callback of two parameters that returns a result. */
    public static <A, B, R> Callback returning(TypeRef<A> a, TypeRef<B> b, Handler2<A, B, R> handler) {
        return new Callback(Handlers.function(handler), a.type(), b.type());
    }

    /** A callback of three parameters that returns a result. */
    public static <A, B, C, R> Callback returning(Class<A> a, Class<B> b, Class<C> c, Handler3<A, B, C, R> handler) {
        return new Callback(Handlers.function(handler), a, b, c);
    }

    /** A callback of three parameters that returns a result. */
    public static <A, B, C, R> Callback returning(
            TypeRef<A> a, TypeRef<B> b, TypeRef<C> c, Handler3<A, B, C, R> handler) {
        return new Callback(Handlers.function(handler), a.type(), b.type(), c.type());
    }

    /** A callback of four parameters that returns a result. */
    public static <A, B, C, D, R> Callback returning(
            Class<A> a, Class<B> b, Class<C> c, Class<D> d, Handler4<A, B, C, D, R> handler) {
        return new Callback(Handlers.function(handler), a, b, c, d);
    }

    /** A callback of four parameters that returns a result. */
    public static <A, B, C, D, R> Callback returning(
            TypeRef<A> a, TypeRef<B> b, TypeRef<C> c, TypeRef<D> d, Handler4<A, B, C, D, R> handler) {
        return new Callback(Handlers.function(handler), a.type(), b.type(), c.type(), d.type());
    }

    /** A callback of five parameters that returns a result. */
    public static <A, B, C, D, E, R> Callback returning(
            Class<A> a, Class<B> b, Class<C> c, Class<D> d, Class<E> e, Handler5<A, B, C, D, E, R> handler) {
        return new Callback(Handlers.function(handler), a, b, c, d, e);
    }

    /** A callback of five parameters that returns a result. */
    public static <A, B, C, D, E, R> Callback returning(
            TypeRef<A> a, TypeRef<B> b, TypeRef<C> c, TypeRef<D> d, TypeRef<E> e, Handler5<A, B, C, D, E, R> handler) {
        return new Callback(Handlers.function(handler), a.type(), b.type(), c.type(), d.type(), e.type());
    }

    LocalFunction function() {
        return function;
    }

    @Override
    public String toString() {
        return "Callback(" + function.getParameters().size() + " parameters)";
    }
}
