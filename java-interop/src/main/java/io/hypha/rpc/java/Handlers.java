package io.hypha.rpc.java;

import io.hypha.rpc.jvm.BlockingHandler;
import java.util.Objects;

/** Hands the arguments of a call to a handler. They are what its parameters were declared as, so the casts hold. */
@SuppressWarnings("unchecked")
final class Handlers {
    private Handlers() {}

    static <R> BlockingHandler function(Handler0<R> handler) {
        Objects.requireNonNull(handler, "handler");
        return (context, args) -> handler.handle();
    }

    static <A, R> BlockingHandler function(Handler1<A, R> handler) {
        Objects.requireNonNull(handler, "handler");
        return (context, args) -> handler.handle((A) args[0]);
    }

    static <A, B, R> BlockingHandler function(Handler2<A, B, R> handler) {
        Objects.requireNonNull(handler, "handler");
        return (context, args) -> handler.handle((A) args[0], (B) args[1]);
    }

    static <A, B, C, R> BlockingHandler function(Handler3<A, B, C, R> handler) {
        Objects.requireNonNull(handler, "handler");
        return (context, args) -> handler.handle((A) args[0], (B) args[1], (C) args[2]);
    }

    static <A, B, C, D, R> BlockingHandler function(Handler4<A, B, C, D, R> handler) {
        Objects.requireNonNull(handler, "handler");
        return (context, args) -> handler.handle((A) args[0], (B) args[1], (C) args[2], (D) args[3]);
    }

    static <A, B, C, D, E, R> BlockingHandler function(Handler5<A, B, C, D, E, R> handler) {
        Objects.requireNonNull(handler, "handler");
        return (context, args) -> handler.handle((A) args[0], (B) args[1], (C) args[2], (D) args[3], (E) args[4]);
    }

    static BlockingHandler action(Action0 action) {
        Objects.requireNonNull(action, "action");
        return (context, args) -> {
            action.run();
            return null;
        };
    }

    static <A> BlockingHandler action(Action1<A> action) {
        Objects.requireNonNull(action, "action");
        return (context, args) -> {
            action.run((A) args[0]);
            return null;
        };
    }

    static <A, B> BlockingHandler action(Action2<A, B> action) {
        Objects.requireNonNull(action, "action");
        return (context, args) -> {
            action.run((A) args[0], (B) args[1]);
            return null;
        };
    }

    static <A, B, C> BlockingHandler action(Action3<A, B, C> action) {
        Objects.requireNonNull(action, "action");
        return (context, args) -> {
            action.run((A) args[0], (B) args[1], (C) args[2]);
            return null;
        };
    }

    static <A, B, C, D> BlockingHandler action(Action4<A, B, C, D> action) {
        Objects.requireNonNull(action, "action");
        return (context, args) -> {
            action.run((A) args[0], (B) args[1], (C) args[2], (D) args[3]);
            return null;
        };
    }

    static <A, B, C, D, E> BlockingHandler action(Action5<A, B, C, D, E> action) {
        Objects.requireNonNull(action, "action");
        return (context, args) -> {
            action.run((A) args[0], (B) args[1], (C) args[2], (D) args[3], (E) args[4]);
            return null;
        };
    }
}
