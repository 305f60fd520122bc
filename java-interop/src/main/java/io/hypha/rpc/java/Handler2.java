package io.hypha.rpc.java;

/**
 * A function of two parameters that others can call. It may block and throw anything; the caller gets what it throws as
 * a remote exception.
 *
 * @param <A> the type of the first parameter.
 * @param <B> the type of the second parameter.
 * @param <R> the type of the result.
 */
@FunctionalInterface
public interface Handler2<A, B, R> {
    /** Serves one call. The thread is interrupted when the caller gives up. */
    R handle(A a, B b) throws Exception;
}
