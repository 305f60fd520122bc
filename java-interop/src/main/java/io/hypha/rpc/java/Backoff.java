package io.hypha.rpc.java;

import io.hypha.rpc.connection.ReconnectPolicy;
import io.hypha.rpc.jvm.JavaReconnection;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Waits longer after every attempt that fails (protocol §1.11): {@code Backoff.between(1, 30, TimeUnit.SECONDS)}. The
 * first attempt after a connection that lasted is made at once; one that is lost again and again as soon as it is made
 * counts like failed attempts, of which the first is free. Immutable: every method returns another one.
 */
public final class Backoff implements ReconnectStrategy {
    private static final Backoff USUAL = between(1, 60, TimeUnit.SECONDS);

    private final long first;
    private final long longest;
    private final double factor;
    private final double jitter;
    private final long giveUpAfter;
    private final ReconnectPolicy policy;

    private Backoff(long first, long longest, double factor, double jitter, long giveUpAfter) {
        this.first = first;
        this.longest = longest;
        this.factor = factor;
        this.jitter = jitter;
        this.giveUpAfter = giveUpAfter;
        this.policy = JavaReconnection.backoff(first, longest, factor, jitter, giveUpAfter);
    }

    /**
     * The usual one: 1 second after the first failed attempt, then twice as long each time, up to 60 seconds, each a
     * tenth shorter or longer at random; for ever.
     */
    public static Backoff exponential() {
        return USUAL;
    }

    /**
     * The same with other times; one that is the same twice waits equally long each time.
     *
     * @param first the wait after the first failed attempt.
     * @param longest the longest wait.
     * @throws IllegalArgumentException unless the first is longer than nothing, and the longest no shorter.
     */
    public static Backoff between(long first, long longest, TimeUnit unit) {
        return between(Nanoseconds.of(first, unit), Nanoseconds.of(longest, unit));
    }

    /** The same as {@code Duration}s, which Android has from API level 26 on. */
    public static Backoff between(Duration first, Duration longest) {
        return between(Nanoseconds.of(first), Nanoseconds.of(longest));
    }

    private static Backoff between(long first, long longest) {
        return new Backoff(first, longest, 2, 0.1, Long.MAX_VALUE);
    }

    /**
     * How much longer each wait is than the one before; 2 by default.
     *
     * @throws IllegalArgumentException unless it is 1 to 100.
     */
    public Backoff factor(double factor) {
        return new Backoff(first, longest, factor, jitter, giveUpAfter);
    }

    /**
     * The part of a wait by which it may be shorter or longer at random, so that many clients do not come back in the
     * same moment; 0.1, a tenth, by default.
     *
     * @throws IllegalArgumentException unless it is 0 to 1.
     */
    public Backoff jitter(double jitter) {
        return new Backoff(first, longest, factor, jitter, giveUpAfter);
    }

    /** How long after the loss no further attempt is made, and the connection ends; never by default. */
    public Backoff giveUpAfter(long time, TimeUnit unit) {
        return new Backoff(first, longest, factor, jitter, Nanoseconds.of(time, unit));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public Backoff giveUpAfter(Duration time) {
        return new Backoff(first, longest, factor, jitter, Nanoseconds.of(time));
    }

    @Override
    public long millisBefore(AttemptDetails attempt) {
        Objects.requireNonNull(attempt, "attempt");
        return JavaReconnection.milliseconds(policy, attempt.attempt());
    }
}
