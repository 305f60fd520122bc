package io.hypha.rpc.java;

/**
 * A function of one parameter that others can call. It may block and throw anything; the caller gets what it throws as
 * a remote exception.
 *
 * @param <A> the type of the parameter.
 * @param <R> the type of the result.
 */
@FunctionalInterface
public interface Handler1<A, R> {
    /** Serves one call. The thread is interrupted when the caller gives up. */
    R handle(A a) throws Exception;
}
