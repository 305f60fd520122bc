package io.hypha.rpc.java;

/**
 * Hears of something that happens, such as an event. It may block and throw anything; what it throws is logged.
 *
 * @param <T> what it hears of.
 */
@FunctionalInterface
public interface Listener<T> {
    /** Hears of one thing. The thread is interrupted when the connection ends. */
    void hear(T news) throws Exception;
}
