package io.hypha.rpc.java;

import io.hypha.rpc.MethodNotFoundException;
import io.hypha.rpc.jvm.JavaCalls;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.Suspending;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** How a method hands over what a call results in: its caller waits, or gets a future, or a stream. */
abstract class ResultStyle {
    /** What the call results in for the other side. */
    final TypedValue value;

    private ResultStyle(TypedValue value) {
        this.value = value;
    }

    /** That of a method which returns {@code type}. */
    static ResultStyle of(Type type) {
        return of(type, Collections.emptySet());
    }

    /** @param within the functional interfaces whose methods are being read. */
    static ResultStyle of(Type type, Set<Type> within) {
        Class<?> raw = Generics.rawClass(type);
        if (isFuture(raw)) {
            return new AsFuture(TypedValue.of(Generics.argument(type), within));
        } else if (StreamType.isOne(raw)) {
            return new AsStream(StreamType.of(type));
        }
        return new Waiting(TypedValue.of(type, within));
    }

    static boolean isFuture(Class<?> type) {
        return type == CompletableFuture.class || type == CompletionStage.class || type == Future.class;
    }

    /** Makes the call, and returns what the method returns. */
    abstract Object call(RemoteCall call);

    /** What an implementation has come to; may wait. Stages are waited for without a thread, after this. */
    Object served(Object returned) throws Exception {
        return returned;
    }

    /** What is sent for what a callback returned. */
    Object sent(Object returned, JavaExecution execution) {
        return value.sent(returned, execution);
    }

    /** What the method returns when there is no function to call. */
    Object failed(MethodNotFoundException failure, JavaExecution execution) {
        throw failure;
    }

    private static final class Waiting extends ResultStyle {
        Waiting(TypedValue value) {
            super(value);
        }

        @Override
        Object call(RemoteCall call) {
            return call.execution().await(started(call));
        }
    }

    private static final class AsFuture extends ResultStyle {
        AsFuture(TypedValue value) {
            super(value);
        }

        @Override
        Object call(RemoteCall call) {
            return call.execution().future(started(call));
        }

        /** Nobody tells when a plain future has come to its end. */
        @Override
        Object served(Object returned) throws Exception {
            if (!(returned instanceof Future) || returned instanceof CompletionStage) {
                return returned;
            }
            Future<?> future = (Future<?>) returned;
            try {
                return future.get();
            } catch (InterruptedException e) {
                future.cancel(true);
                throw e;
            } catch (ExecutionException e) {
                throw Methods.failure(e.getCause());
            }
        }

        /** What the stage comes to is sent; cancelling what is returned cancels the stage. */
        @Override
        Object sent(Object returned, JavaExecution execution) {
            if (!(returned instanceof CompletionStage)) {
                return value.sent(returned, execution);
            }
            CompletionStage<?> stage = (CompletionStage<?>) returned;
            CompletableFuture<Object> sent = new CompletableFuture<>();
            stage.thenApply(outcome -> value.sent(outcome, execution)).whenComplete((outcome, failure) -> {
                if (failure == null) {
                    sent.complete(outcome);
                } else {
                    sent.completeExceptionally(failure);
                }
            });
            sent.whenComplete((outcome, failure) -> {
                if (sent.isCancelled()) {
                    stage.toCompletableFuture().cancel(true);
                }
            });
            return sent;
        }

        /** A method that returns a future does not throw. */
        @Override
        Object failed(MethodNotFoundException failure, JavaExecution execution) {
            CompletableFuture<Object> future = new CompletableFuture<>();
            future.completeExceptionally(failure);
            return future;
        }
    }

    /** The call is made when the first item is asked for. */
    private static final class AsStream extends ResultStyle {
        private final StreamType type;

        AsStream(StreamType type) {
            super(type);
            this.type = type;
        }

        @Override
        Object call(RemoteCall call) {
            return type.received(call.stream(type.item), call.execution());
        }

        /** Nor does a method throw that returns a stream which is taken without waiting. */
        @Override
        Object failed(MethodNotFoundException failure, JavaExecution execution) {
            return type.isAsynchronous()
                    ? type.received(JavaCalls.failing(failure), execution)
                    : super.failed(failure, execution);
        }
    }

    final Suspending<Object> started(RemoteCall call) {
        Suspending<Object> started = call.start(value.nullable());
        return value.isReadAsItIs() ? started : started.map(result -> value.received(result, call.execution()));
    }
}
