package io.hypha.rpc.java;

/**
 * A function of two parameters and without a result that others can call. It may block and throw anything; the caller
 * gets what it throws as a remote exception.
 *
 * @param <A> the type of the first parameter.
 * @param <B> the type of the second parameter.
 */
@FunctionalInterface
public interface Action2<A, B> {
    /** Serves one call. The thread is interrupted when the caller gives up. */
    void run(A a, B b) throws Exception;
}
