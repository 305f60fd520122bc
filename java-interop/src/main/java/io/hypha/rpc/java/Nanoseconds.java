package io.hypha.rpc.java;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Times as the engine takes them. */
final class Nanoseconds {
    private static final long LONGEST_IN_SECONDS = TimeUnit.NANOSECONDS.toSeconds(Long.MAX_VALUE);

    private Nanoseconds() {}

    static long of(long time, TimeUnit unit) {
        return positive(unit.toNanos(time), time + " " + unit.name().toLowerCase(java.util.Locale.ROOT));
    }

    static long of(Duration time) {
        boolean isLonger = time.getSeconds() >= LONGEST_IN_SECONDS;
        return positive(isLonger ? Long.MAX_VALUE : time.toNanos(), time.toString());
    }

    private static long positive(long nanoseconds, String given) {
        if (nanoseconds <= 0) {
            throw new IllegalArgumentException("a timeout must be longer than nothing, not " + given);
        }
        return nanoseconds;
    }
}
