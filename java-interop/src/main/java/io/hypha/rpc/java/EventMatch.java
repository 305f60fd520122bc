package io.hypha.rpc.java;

import io.hypha.rpc.client.HyphaEvent;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Which events are wanted: {@code EventMatch.of("answer").where(event -> "yes".equals(event.getData()))}. Immutable.
 */
public final class EventMatch {
    private final String type;
    private final boolean isSubscribed;
    private final Predicate<HyphaEvent> predicate;

    private EventMatch(String type, boolean isSubscribed, Predicate<HyphaEvent> predicate) {
        this.type = Objects.requireNonNull(type, "type");
        this.isSubscribed = isSubscribed;
        this.predicate = predicate;
    }

    /** All events of a type: what is sent to this client alone, and what it tells itself. */
    public static EventMatch of(String type) {
        return new EventMatch(type, false, event -> true);
    }

    /**
     * Broadcasts as well, those of the server among them: it is asked to deliver them for as long as somebody listens.
     */
    public EventMatch subscribed() {
        return new EventMatch(type, true, predicate);
    }

    /** Only events that fit. The predicate runs on the executor of the client; what it throws ends the wait. */
    public EventMatch where(Predicate<? super HyphaEvent> fits) {
        return new EventMatch(type, isSubscribed, predicate.and(Objects.requireNonNull(fits, "fits")));
    }

    String type() {
        return type;
    }

    boolean isSubscribed() {
        return isSubscribed;
    }

    Predicate<HyphaEvent> predicate() {
        return predicate;
    }

    @Override
    public String toString() {
        return "EventMatch(" + type + ")";
    }
}
