package io.hypha.rpc.java;

/**
 * A function without parameters that others can call. It may block and throw anything; the caller gets what it throws
 * as a remote exception.
 *
 * @param <R> the type of the result.
 */
@FunctionalInterface
public interface Handler0<R> {
    /** Serves one call. The thread is interrupted when the caller gives up. */
    R handle() throws Exception;
}
