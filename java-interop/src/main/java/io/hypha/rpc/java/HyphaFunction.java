package io.hypha.rpc.java;

import io.hypha.rpc.call.RemoteFunction;
import io.hypha.rpc.jvm.Blocking;
import io.hypha.rpc.jvm.PullStream;
import io.hypha.rpc.jvm.Timeouts;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A function of another client. A member of a service can be called as long as the service is there, a callback that
 * came as an argument until the call that it came with returns, and one that came as a result until nobody has used it
 * for ten minutes. Safe for use by several threads.
 *
 * <p>{@link HyphaService} says what arguments and results may be.
 */
public final class HyphaFunction {
    private final RemoteFunction function;

    HyphaFunction(RemoteFunction function) {
        this.function = function;
    }

    RemoteFunction function() {
        return function;
    }

    /** The name that its owner gave it, or {@code null}. */
    public String name() {
        return function.getName();
    }

    /** What its owner says that it does, or {@code null}. */
    public String description() {
        return function.getDoc();
    }

    /**
     * Calls it and waits for the result, and then for the calls that callbacks among the arguments have got until then:
     * when this returns they have ended, or wait for a call of their own.
     *
     * @throws io.hypha.rpc.RemoteException when the function fails.
     * @throws io.hypha.rpc.CallTimeoutException when its provider is silent for too long.
     * @throws io.hypha.rpc.PeerGoneException when its provider is not connected any more.
     * @throws io.hypha.rpc.EncodingException when an argument cannot be sent, or the result is of another type.
     * @throws java.util.concurrent.CancellationException when the thread is interrupted; the call is cancelled, and the
     *     thread stays interrupted.
     */
    public <T> T call(Class<T> result, Object... arguments) {
        return callAs(result, arguments);
    }

    /** Calls it and waits for the result; fails as {@link #call(Class, Object...)} does. */
    public <T> T call(TypeRef<T> result, Object... arguments) {
        return callAs(result.type(), arguments);
    }

    /** The items of the stream that it returns. It is called when the first one is asked for. */
    public <T> RemoteStream<T> stream(Class<T> item, Object... arguments) {
        return streamOf(item, arguments);
    }

    /** The items of the stream that it returns. It is called when the first one is asked for. */
    public <T> RemoteStream<T> stream(TypeRef<T> item, Object... arguments) {
        return streamOf(item.type(), arguments);
    }

    /** The same function with another limit for how long its provider may be silent. */
    public HyphaFunction withTimeout(long silence, TimeUnit unit) {
        return new HyphaFunction(Timeouts.of(function, Nanoseconds.of(silence, unit)));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaFunction withTimeout(Duration silence) {
        return new HyphaFunction(Timeouts.of(function, Nanoseconds.of(silence)));
    }

    private <T> T callAs(Type result, Object[] arguments) {
        List<Object> list = listOf(arguments);
        boolean isWanted = result != Void.class && result != void.class;
        T value;
        try {
            value = Blocking.await(continuation -> function.call(
                    Values.SHAPES.<T>nullable(isWanted ? result : Object.class),
                    list,
                    Collections.emptyMap(),
                    continuation));
        } finally {
            Callback.awaitAll(list);
        }
        return isWanted ? value : null;
    }

    private <T> RemoteStream<T> streamOf(Type item, Object[] arguments) {
        return new RemoteStream<>(new PullStream<T>(
                function.stream(Values.SHAPES.<T>stream(item), listOf(arguments), Collections.emptyMap())));
    }

    private static List<Object> listOf(Object[] arguments) {
        return arguments == null ? Collections.singletonList(null) : Arrays.asList(arguments.clone());
    }

    @Override
    public String toString() {
        return "HyphaFunction(" + name() + ")";
    }
}
