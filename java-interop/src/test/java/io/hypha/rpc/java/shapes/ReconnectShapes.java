package io.hypha.rpc.java.shapes;

import io.hypha.rpc.HyphaException;
import io.hypha.rpc.java.AttemptDetails;
import io.hypha.rpc.java.Backoff;
import io.hypha.rpc.java.ConnectionStatus;
import io.hypha.rpc.java.ReconnectStrategy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Compiled, never run: what there is to coming back. */
final class ReconnectShapes {
    private ReconnectShapes() {}

    static ReconnectStrategy strategy() {
        Backoff usual = Backoff.exponential();
        Backoff backoff = Backoff.between(1, 60, TimeUnit.SECONDS)
                .factor(2)
                .jitter(0.1)
                .giveUpAfter(1, TimeUnit.HOURS)
                .giveUpAfter(Duration.ofHours(1));
        Backoff same = Backoff.between(Duration.ofSeconds(1), Duration.ofMinutes(1));
        ReconnectStrategy never = ReconnectStrategy.never();
        return attempt -> attempt.number() > 5 ? ReconnectStrategy.GIVE_UP : backoff.millisBefore(attempt);
    }

    static long use(ReconnectStrategy strategy, HyphaException cause) {
        AttemptDetails attempt = AttemptDetails.of(1, 0, 1, TimeUnit.SECONDS, cause);
        AttemptDetails same = AttemptDetails.of(1, 0, Duration.ofSeconds(1), attempt.cause());
        String words = attempt.flaps() + " " + attempt.downtime(TimeUnit.SECONDS) + " " + same.downtime();
        return strategy.millisBefore(attempt) + words.length();
    }

    static String describe(ConnectionStatus state) {
        switch (state.kind()) {
            case CONNECTED:
                return "connected for the " + state.generation() + ". time";
            case RECONNECTING:
                return "attempt " + state.attempt() + " in " + state.retryIn(TimeUnit.SECONDS) + state.retryIn();
            default:
                return state.isConnected() || state.isClosed() ? "closed: " + state.cause() : "connecting";
        }
    }
}
