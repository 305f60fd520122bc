package io.hypha.rpc.java;

/**
 * How long to wait before the next attempt to come back after a connection was lost, and when to give up: see
 * {@link HyphaClientBuilder#reconnect}. The usual one is {@link Backoff#exponential()}.
 *
 * <p>A client asks one at a time, before every attempt. It is asked where the connection does its work, so that it
 * answers at once: a call that waits is refused there. When it throws, the log says so, and there is no further
 * attempt.
 */
@FunctionalInterface
public interface ReconnectStrategy {
    /** The answer that ends the connection for good. */
    long GIVE_UP = -1;

    /**
     * How many milliseconds to wait before the attempt: 0 to make it at once, {@link #GIVE_UP}, or any number less than
     * 0, to make no further one, and {@code Long.MAX_VALUE} to wait until somebody calls
     * {@link HyphaClient#forceReconnect}.
     */
    long millisBefore(AttemptDetails attempt);

    /** Never comes back: a connection that is lost has ended, and so have its calls and services. */
    static ReconnectStrategy never() {
        return attempt -> GIVE_UP;
    }
}
