package io.hypha.rpc.java;

import io.hypha.rpc.call.RemoteFunction;
import io.hypha.rpc.jvm.BlockingCallback;
import io.hypha.rpc.jvm.JavaCalls;
import io.hypha.rpc.jvm.Suspending;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kotlinx.coroutines.flow.Flow;

/** The arguments of a call as Java programs write them, and the call that they make. */
final class RemoteCall {
    private final RemoteFunction function;
    private final List<Object> args;
    private final Map<String, Object> kwargs;

    RemoteCall(RemoteFunction function, Object[] arguments) {
        this.function = function;
        CallArguments given = new CallArguments(arguments);
        args = given.args();
        kwargs = given.kwargs();
    }

    /** The call; its result is {@code null} when none is wanted. */
    <T> Suspending<T> start(Type result) {
        List<BlockingCallback> callbacks = new ArrayList<>();
        Callback.addAll(args, callbacks);
        Callback.addAll(kwargs.values(), callbacks);
        boolean isWanted = result != Void.class && result != void.class;
        Type received = isWanted ? result : Object.class;
        Suspending<T> call = continuation ->
                JavaCalls.call(function, Values.SHAPES.<T>nullable(received), args, kwargs, callbacks, continuation);
        return isWanted ? call : call.map(ignored -> null);
    }

    /** The stream that the call returns; it is made when the stream is collected. */
    <T> Flow<T> stream(Type item) {
        return function.stream(Values.SHAPES.<T>stream(item), args, kwargs);
    }
}
