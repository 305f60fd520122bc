package io.hypha.rpc.java;

/**
 * A function without parameters and without a result that others can call. It may block and throw anything; the caller
 * gets what it throws as a remote exception.
 */
@FunctionalInterface
public interface Action0 {
    /** Serves one call. The thread is interrupted when the caller gives up. */
    void run() throws Exception;
}
