package io.hypha.rpc.java;

/**
 * A function of four parameters that others can call. It may block and throw anything; the caller gets what it throws
 * as a remote exception.
 *
 * @param <A> the type of the first parameter.
 * @param <B> the type of the second parameter.
 * @param <C> the type of the third parameter.
 * @param <D> the type of the fourth parameter.
 * @param <R> the type of the result.
 */
@FunctionalInterface
public interface Handler4<A, B, C, D, R> {
    /** Serves one call. The thread is interrupted when the caller gives up. */
    R handle(A a, B b, C c, D d) throws Exception;
}
