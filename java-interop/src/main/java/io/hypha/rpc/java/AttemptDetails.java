package io.hypha.rpc.java;

import io.hypha.rpc.HyphaException;
import io.hypha.rpc.connection.ReconnectAttempt;
import io.hypha.rpc.jvm.JavaReconnection;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** An attempt to come back that is about to be made; what a {@link ReconnectStrategy} decides by. */
public final class AttemptDetails {
    private final ReconnectAttempt attempt;

    AttemptDetails(ReconnectAttempt attempt) {
        this.attempt = attempt;
    }

    /** One for tests of a strategy; see the methods of the same names. */
    public static AttemptDetails of(int number, int flaps, long downtime, TimeUnit unit, HyphaException cause) {
        long nanoseconds = Nanoseconds.orNone(downtime, unit);
        return new AttemptDetails(
                JavaReconnection.attempt(number, flaps, nanoseconds, Objects.requireNonNull(cause, "cause")));
    }

    /** The same with a {@code Duration}, which Android has from API level 26 on. */
    public static AttemptDetails of(int number, int flaps, Duration downtime, HyphaException cause) {
        return of(number, flaps, Nanoseconds.orNone(downtime), TimeUnit.NANOSECONDS, cause);
    }

    /** How many attempts there were since messages last flowed, this one included; the first is 1. */
    public int number() {
        return attempt.getNumber();
    }

    /**
     * How often in a row, this time included, the connection was lost within five seconds after it was made (protocol
     * §1.11); 0 when it lasted longer. Two programs with the same client id take it from each other in this way.
     */
    public int flaps() {
        return attempt.getFlaps();
    }

    /** How long ago the connection was lost. */
    public long downtime(TimeUnit unit) {
        Objects.requireNonNull(unit, "unit");
        return unit.convert(JavaReconnection.downtime(attempt), TimeUnit.NANOSECONDS);
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public Duration downtime() {
        return Duration.ofNanos(JavaReconnection.downtime(attempt));
    }

    /** Why the connection was lost, or why the attempt before this one failed. */
    public HyphaException cause() {
        return attempt.getCause();
    }

    ReconnectAttempt attempt() {
        return attempt;
    }

    @Override
    public String toString() {
        return attempt.toString();
    }
}
