package io.hypha.rpc.java;

import io.hypha.rpc.jvm.BlockingHandler;

/** Hands the arguments of a call to a handler. They are what its parameters were declared as, so the casts hold. */
@SuppressWarnings("unchecked")
final class Arguments {
    private Arguments() {}

    static <A, R> BlockingHandler of(Handler1<A, R> handler) {
        return (context, args) -> handler.handle((A) args[0]);
    }

    static <A, B, R> BlockingHandler of(Handler2<A, B, R> handler) {
        return (context, args) -> handler.handle((A) args[0], (B) args[1]);
    }

    static <A, B, C, R> BlockingHandler of(Handler3<A, B, C, R> handler) {
        return (context, args) -> handler.handle((A) args[0], (B) args[1], (C) args[2]);
    }

    static BlockingHandler of(Action0 action) {
        return (context, args) -> {
            action.run();
            return null;
        };
    }

    static <A> BlockingHandler of(Action1<A> action) {
        return (context, args) -> {
            action.run((A) args[0]);
            return null;
        };
    }

    static <A, B> BlockingHandler of(Action2<A, B> action) {
        return (context, args) -> {
            action.run((A) args[0], (B) args[1]);
            return null;
        };
    }

    static <A, B, C> BlockingHandler of(Action3<A, B, C> action) {
        return (context, args) -> {
            action.run((A) args[0], (B) args[1], (C) args[2]);
            return null;
        };
    }
}
