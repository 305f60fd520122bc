package io.hypha.rpc.java;

import io.hypha.rpc.call.RemoteFunction;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.Suspending;
import io.hypha.rpc.value.Shape;
import java.lang.reflect.Type;
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

    /** Where code that waits for the call runs. */
    JavaExecution execution() {
        return JavaExecution.of(function);
    }

    /** The call; its result is {@code null} when none is wanted. */
    <T> Suspending<T> start(Type result) {
        boolean isWanted = result != Void.class && result != void.class;
        Suspending<T> call = start(Values.SHAPES.<T>nullable(isWanted ? result : Object.class));
        return isWanted ? call : call.map(ignored -> null);
    }

    /** The call; its result is read as that shape. */
    <T> Suspending<T> start(Shape<T> result) {
        return continuation -> function.call(result, args, kwargs, continuation);
    }

    /** The stream that the call returns; it is made when the stream is collected. */
    <T> Flow<T> stream(Type item) {
        return function.stream(Values.SHAPES.<T>stream(item), args, kwargs);
    }
}
