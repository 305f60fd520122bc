package io.hypha.rpc.java;

import io.hypha.rpc.call.RemoteFunction;
import io.hypha.rpc.call.TransferProgress;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.PullStream;
import io.hypha.rpc.jvm.Timeouts;
import java.time.Duration;
import java.util.Map;
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
    private final JavaExecution execution;

    HyphaFunction(RemoteFunction function) {
        this.function = function;
        this.execution = JavaExecution.of(function);
    }

    /** The same function for calls that return futures in place of waiting. */
    public HyphaAsyncFunction async() {
        return new HyphaAsyncFunction(function);
    }

    RemoteFunction function() {
        return function;
    }

    JavaExecution execution() {
        return execution;
    }

    /** The name that its owner gave it, or {@code null}. */
    public String name() {
        return function.getName();
    }

    /** What its owner says that it does, or {@code null}. */
    public String description() {
        return function.getDoc();
    }

    /** Its parameters as its owner describes them (protocol §4.7), or {@code null}. */
    public Map<String, Object> schema() {
        return function.getSchema();
    }

    /**
     * The same function with calls that may run twice without harm, such as those that only read: they are repeated
     * once also when the provider left or fell silent before it answered. Only functions of services that follow their
     * provider are; others stay as they are.
     */
    public HyphaFunction idempotent() {
        return new HyphaFunction(function.idempotent());
    }

    /**
     * Calls it and waits for the result, and then for the calls that callbacks among the arguments have got until then:
     * when this returns they have ended, or wait for a call of their own.
     *
     * @throws io.hypha.rpc.RemoteException when the function fails.
     * @throws io.hypha.rpc.CallTimeoutException when its provider is silent for too long.
     * @throws io.hypha.rpc.PeerGoneException when its provider is not connected any more.
     * @throws io.hypha.rpc.EncodingException when an argument cannot be sent, or the result is of another type.
     * @throws IllegalStateException where nothing may wait: on the main thread of an Android app, and in codecs and
     *     loggers.
     * @throws java.util.concurrent.CancellationException when the thread is interrupted; the call is cancelled, and the
     *     thread stays interrupted.
     */
    public <T> T call(Class<T> result, Object... arguments) {
        return execution.await(new RemoteCall(function, arguments).start(result));
    }

    /** Calls it and waits for the result; fails as {@link #call(Class, Object...)} does. */
    public <T> T call(TypeRef<T> result, Object... arguments) {
        return execution.await(new RemoteCall(function, arguments).start(result.type()));
    }

    /** The items of the stream that it returns. It is called when the first one is asked for. */
    public <T> RemoteStream<T> stream(Class<T> item, Object... arguments) {
        return new RemoteStream<>(new PullStream<T>(new RemoteCall(function, arguments).stream(item)));
    }

    /** The items of the stream that it returns. It is called when the first one is asked for. */
    public <T> RemoteStream<T> stream(TypeRef<T> item, Object... arguments) {
        return new RemoteStream<>(new PullStream<T>(new RemoteCall(function, arguments).stream(item.type())));
    }

    /** The same function with another limit for how long its provider may be silent. */
    public HyphaFunction withTimeout(long silence, TimeUnit unit) {
        return new HyphaFunction(Timeouts.of(function, Nanoseconds.of(silence, unit)));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaFunction withTimeout(Duration silence) {
        return new HyphaFunction(Timeouts.of(function, Nanoseconds.of(silence)));
    }

    /**
     * The same function with calls that tell {@code listener} how many bytes of their arguments the provider has, when
     * these are too long for one frame: first none, last all, as long as the call does not fail before. It hears one
     * report at a time, where the handlers of the client run; while it is busy reports are left out, and only for the
     * last one the call waits. What it throws is logged and changes nothing. A call that is repeated begins anew.
     */
    public HyphaFunction onProgress(Listener<? super TransferProgress> listener) {
        return new HyphaFunction(Progress.told(function, listener));
    }

    @Override
    public String toString() {
        return "HyphaFunction(" + name() + ")";
    }
}
