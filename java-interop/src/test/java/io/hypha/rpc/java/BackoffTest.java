package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.ConnectionClosedException;
import io.hypha.rpc.HyphaException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final HyphaException LOST = new ConnectionClosedException("lost", null, false);

    @Test
    @DisplayName("the first attempt is made at once, and each later wait is longer, up to the longest")
    void growing() {
        Backoff backoff = Backoff.between(1, 5, TimeUnit.SECONDS).jitter(0);
        assertEquals(Arrays.asList(0L, 1000L, 2000L, 4000L, 5000L, 5000L), waits(backoff, 6));
        assertEquals(Arrays.asList(0L, 1000L, 3000L, 5000L), waits(backoff.factor(3), 4));
        Backoff even = Backoff.between(Duration.ofMillis(20), Duration.ofMillis(20));
        assertEquals(Arrays.asList(0L, 20L, 20L), waits(even.jitter(0), 3));
        assertEquals(
                1, Backoff.between(1, 1, TimeUnit.NANOSECONDS).jitter(0).millisBefore(attempt(2, 0)), "never less");
    }

    @Test
    @DisplayName("the usual one waits a second, twice as long each time, up to a minute, and a tenth more or less")
    void usual() {
        for (int number = 2; number < 100; number++) {
            double wait = Math.min(1000 * Math.pow(2, number - 2), 60_000);
            long millis = Backoff.exponential().millisBefore(attempt(number, 0));
            assertTrue(millis >= wait * 0.9 && millis <= wait * 1.1 + 1, number + ": " + millis);
        }
    }

    @Test
    @DisplayName("a connection that is lost as soon as it is made counts like a failed attempt, and the first is free")
    void flapping() {
        Backoff backoff = Backoff.between(1, 60, TimeUnit.SECONDS).jitter(0);
        assertEquals(0, backoff.millisBefore(attempt(1, 1)));
        assertEquals(1000, backoff.millisBefore(attempt(1, 2)));
        assertEquals(4000, backoff.millisBefore(attempt(2, 3)));
    }

    @Test
    @DisplayName("it gives up after the time that it was told, and never comes back when it shall not")
    void givingUp() {
        Backoff patient = Backoff.exponential().giveUpAfter(2, TimeUnit.MINUTES);
        AttemptDetails late = AttemptDetails.of(1, 0, 120, TimeUnit.SECONDS, LOST);
        assertEquals(0, patient.millisBefore(AttemptDetails.of(1, 0, Duration.ofSeconds(119), LOST)));
        assertEquals(ReconnectStrategy.GIVE_UP, patient.millisBefore(late));
        assertEquals(
                ReconnectStrategy.GIVE_UP,
                patient.giveUpAfter(Duration.ofSeconds(1)).millisBefore(late));
        assertEquals(ReconnectStrategy.GIVE_UP, ReconnectStrategy.never().millisBefore(attempt(1, 0)));
    }

    @Test
    @DisplayName("what cannot be is refused at once")
    void refusals() {
        Backoff backoff = Backoff.exponential();
        assertThrows(IllegalArgumentException.class, () -> backoff.factor(0.5));
        assertThrows(IllegalArgumentException.class, () -> backoff.factor(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> backoff.jitter(1.1));
        assertThrows(IllegalArgumentException.class, () -> backoff.giveUpAfter(0, TimeUnit.SECONDS));
        assertThrows(IllegalArgumentException.class, () -> Backoff.between(2, 1, TimeUnit.SECONDS));
        assertThrows(IllegalArgumentException.class, () -> Backoff.between(0, 1, TimeUnit.SECONDS));
        assertThrows(IllegalArgumentException.class, () -> Backoff.between(1, Long.MAX_VALUE, TimeUnit.DAYS));
        assertThrows(IllegalArgumentException.class, () -> AttemptDetails.of(1, 0, -1, TimeUnit.DAYS, LOST));
        assertThrows(NullPointerException.class, () -> AttemptDetails.of(1, 0, Duration.ZERO, null));
    }

    @Test
    @DisplayName("an attempt says what it is")
    void details() {
        AttemptDetails attempt = AttemptDetails.of(3, 2, 90, TimeUnit.SECONDS, LOST);
        assertEquals(3, attempt.number());
        assertEquals(2, attempt.flaps());
        assertEquals(90, attempt.downtime(TimeUnit.SECONDS));
        assertEquals(Duration.ofSeconds(90), attempt.downtime());
        assertSame(LOST, attempt.cause());
        assertEquals("ReconnectAttempt(number=3, flaps=2, downtime=1m 30s, cause=lost)", attempt.toString());
    }

    private static List<Long> waits(ReconnectStrategy strategy, int attempts) {
        List<Long> waits = new ArrayList<>();
        for (int number = 1; number <= attempts; number++) {
            waits.add(strategy.millisBefore(attempt(number, 0)));
        }
        return waits;
    }

    private static AttemptDetails attempt(int number, int flaps) {
        return AttemptDetails.of(number, flaps, Duration.ZERO, LOST);
    }
}
