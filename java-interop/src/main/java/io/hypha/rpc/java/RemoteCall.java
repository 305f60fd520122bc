package io.hypha.rpc.java;

import io.hypha.rpc.call.RemoteFunction;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.Suspending;
import io.hypha.rpc.value.Shape;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import kotlinx.coroutines.flow.Flow;

/** The arguments of a call as Java programs write them, and the call that they make. */
final class RemoteCall {
    private final RemoteFunction function;
    private final List<Object> args;
    private final Map<String, Object> kwargs;

    /** @param arguments {@code null} means one argument, {@code null}. */
    RemoteCall(RemoteFunction function, Object[] arguments) {
        this.function = function;
        int count = arguments == null ? 1 : arguments.length;
        if (arguments == null) {
            args = Collections.singletonList(null);
            kwargs = Collections.emptyMap();
        } else if (count > 0 && arguments[count - 1] instanceof Kwargs) {
            args = Arrays.asList(Arrays.copyOf(arguments, count - 1));
            kwargs = ((Kwargs) arguments[count - 1]).values();
        } else {
            args = Arrays.asList(arguments.clone());
            kwargs = Collections.emptyMap();
        }
        for (Object argument : args) {
            if (argument instanceof Kwargs) {
                throw new IllegalArgumentException("keyword arguments come last: " + argument + " does not");
            }
        }
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
