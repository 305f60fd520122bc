package io.hypha.rpc.java;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Times as the engine takes them: longer than nothing, and {@code Long.MAX_VALUE} for all that are longer than it. */
final class Nanoseconds {
    private static final long LONGEST_IN_SECONDS = TimeUnit.NANOSECONDS.toSeconds(Long.MAX_VALUE);

    private Nanoseconds() {}

    static long of(long time, TimeUnit unit) {
        Objects.requireNonNull(unit, "unit");
        if (time <= 0) {
            throw tooShort(time + " " + unit.name().toLowerCase(Locale.ROOT));
        }
        return unit.toNanos(time);
    }

    static long of(Duration time) {
        Objects.requireNonNull(time, "time");
        if (time.isNegative() || time.isZero()) {
            throw tooShort(time.toString());
        }
        return time.getSeconds() >= LONGEST_IN_SECONDS ? Long.MAX_VALUE : time.toNanos();
    }

    private static IllegalArgumentException tooShort(String given) {
        return new IllegalArgumentException("a time must be longer than nothing, not " + given);
    }
}
