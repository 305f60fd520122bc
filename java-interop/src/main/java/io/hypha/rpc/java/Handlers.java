package io.hypha.rpc.java;

import io.hypha.rpc.jvm.BlockingHandler;

/** Hands the arguments of a call to a handler. They are what its parameters were declared as, so the casts hold. */
@SuppressWarnings("unchecked")
final class Handlers {
    private Handlers() {}

    static <A, R> BlockingHandler function(Handler1<A, R> handler) {
        return (context, args) -> handler.handle((A) args[0]);
    }

    static <A, B, R> BlockingHandler function(Handler2<A, B, R> handler) {
        return (context, args) -> handler.handle((A) args[0], (B) args[1]);
    }

    static <A, B, C, R> BlockingHandler function(Handler3<A, B, C, R> handler) {
        return (context, args) -> handler.handle((A) args[0], (B) args[1], (C) args[2]);
    }

    static BlockingHandler action(Action0 action) {
        return (context, args) -> {
            action.run();
            return null;
        };
    }

    static <A> BlockingHandler action(Action1<A> action) {
        return (context, args) -> {
            action.run((A) args[0]);
            return null;
        };
    }

    static <A, B> BlockingHandler action(Action2<A, B> action) {
        return (context, args) -> {
            action.run((A) args[0], (B) args[1]);
            return null;
        };
    }

    static <A, B, C> BlockingHandler action(Action3<A, B, C> action) {
        return (context, args) -> {
            action.run((A) args[0], (B) args[1], (C) args[2]);
            return null;
        };
    }
}
