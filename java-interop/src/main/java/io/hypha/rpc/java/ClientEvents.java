package io.hypha.rpc.java;

import io.hypha.rpc.client.HyphaConnection;
import io.hypha.rpc.client.HyphaEvent;
import io.hypha.rpc.jvm.BlockingListener;
import io.hypha.rpc.jvm.EventPuller;
import io.hypha.rpc.jvm.JavaEvents;
import io.hypha.rpc.jvm.Suspending;
import java.util.Objects;
import kotlinx.coroutines.DisposableHandle;

/** The events of a client, for both of its views. Their values are those that Java knows. */
final class ClientEvents {
    private final HyphaConnection connection;

    ClientEvents(HyphaConnection connection) {
        this.connection = connection;
    }

    ListenerHandle on(String type, Listener<? super HyphaEvent> listener) {
        Objects.requireNonNull(type, "type");
        return new ListenerHandle(JavaEvents.on(connection, type, javaValues(listener)));
    }

    ListenerHandle once(String type, Listener<? super HyphaEvent> listener) {
        Objects.requireNonNull(type, "type");
        return new ListenerHandle(JavaEvents.once(connection, type, javaValues(listener)));
    }

    Suspending<ListenerHandle> subscribe(String type, Listener<? super HyphaEvent> listener) {
        Objects.requireNonNull(type, "type");
        BlockingListener<HyphaEvent> hears = javaValues(listener);
        Suspending<DisposableHandle> call = continuation -> JavaEvents.subscribe(connection, type, hears, continuation);
        return call.map(ListenerHandle::new);
    }

    Suspending<HyphaEvent> waitFor(EventMatch wanted, long nanoseconds) {
        Objects.requireNonNull(wanted, "wanted");
        Suspending<HyphaEvent> call = continuation -> JavaEvents.waitFor(
                connection,
                wanted.type(),
                nanoseconds,
                wanted.isSubscribed(),
                event -> wanted.predicate().test(javaValues(event)),
                continuation);
        return call.map(ClientEvents::javaValues);
    }

    Suspending<EventPuller> open(EventMatch wanted) {
        Objects.requireNonNull(wanted, "wanted");
        return continuation -> EventPuller.open(
                connection,
                wanted.type(),
                wanted.isSubscribed(),
                event -> {
                    HyphaEvent converted = javaValues(event);
                    return wanted.predicate().test(converted) ? converted : null;
                },
                continuation);
    }

    private static HyphaEvent javaValues(HyphaEvent event) {
        return JavaEvents.map(event, Values::toJava);
    }

    private static BlockingListener<HyphaEvent> javaValues(Listener<? super HyphaEvent> listener) {
        Objects.requireNonNull(listener, "listener");
        return event -> listener.hear(javaValues(event));
    }
}
