package io.hypha.rpc.java;

/**
 * A function of one parameter and without a result that others can call. It may block and throw anything; the caller
 * gets what it throws as a remote exception.
 *
 * @param <A> the type of the parameter.
 */
@FunctionalInterface
public interface Action1<A> {
    /** Serves one call. The thread is interrupted when the caller gives up. */
    void run(A a) throws Exception;
}
