package io.hypha.rpc.java;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Times as the engine takes them; {@code Long.MAX_VALUE} stands for all that are longer than it. */
final class Nanoseconds {
    private static final long LONGEST_IN_SECONDS = TimeUnit.NANOSECONDS.toSeconds(Long.MAX_VALUE);

    private Nanoseconds() {}

    /** One that is longer than nothing. */
    static long of(long time, TimeUnit unit) {
        long nanoseconds = orNone(time, unit);
        if (nanoseconds == 0) {
            throw tooShort(describe(time, unit));
        }
        return nanoseconds;
    }

    /** One that is longer than nothing. */
    static long of(Duration time) {
        long nanoseconds = orNone(time);
        if (nanoseconds == 0) {
            throw tooShort(time.toString());
        }
        return nanoseconds;
    }

    /** One that may be nothing. */
    static long orNone(long time, TimeUnit unit) {
        Objects.requireNonNull(unit, "unit");
        if (time < 0) {
            throw negative(describe(time, unit));
        }
        return unit.toNanos(time);
    }

    /** One that may be nothing. */
    static long orNone(Duration time) {
        Objects.requireNonNull(time, "time");
        if (time.isNegative()) {
            throw negative(time.toString());
        }
        return time.getSeconds() >= LONGEST_IN_SECONDS ? Long.MAX_VALUE : time.toNanos();
    }

    private static String describe(long time, TimeUnit unit) {
        return time + " " + unit.name().toLowerCase(Locale.ROOT);
    }

    private static IllegalArgumentException tooShort(String given) {
        return new IllegalArgumentException("a time must be longer than nothing, not " + given);
    }

    private static IllegalArgumentException negative(String given) {
        return new IllegalArgumentException("a time must not be negative, not " + given);
    }
}
