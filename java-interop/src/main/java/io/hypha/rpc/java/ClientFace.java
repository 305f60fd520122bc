package io.hypha.rpc.java;

import io.hypha.rpc.call.SessionStatistics;
import io.hypha.rpc.call.UserInfo;
import io.hypha.rpc.client.HyphaConnection;
import io.hypha.rpc.client.HyphaEvent;
import io.hypha.rpc.connection.ConnectionState;
import io.hypha.rpc.jvm.BlockingListener;
import io.hypha.rpc.jvm.JavaEvents;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.service.ServiceInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What both views of a client have alike, since it asks nobody. */
abstract class ClientFace implements AutoCloseable {
    final HyphaConnection connection;
    final JavaExecution execution;
    final ClientCalls calls;
    final ClientEvents events;

    ClientFace(HyphaConnection connection) {
        this.connection = connection;
        this.execution = JavaExecution.of(connection);
        this.calls = new ClientCalls(connection);
        this.events = new ClientEvents(connection);
    }

    /** The workspace of this client. */
    public String workspace() {
        return connection.getWorkspace();
    }

    /** The id of this client within its workspace. */
    public String clientId() {
        return connection.getClientId();
    }

    /** The user as whom this client is connected. */
    public UserInfo user() {
        return connection.getUser();
    }

    /** What the server said when it accepted this client. */
    public ConnectionDetails info() {
        return new ConnectionDetails(connection);
    }

    /** Where the connection stands at this moment. */
    public ConnectionStatus state() {
        return new ConnectionStatus(connection.getState().getValue());
    }

    /**
     * Tells {@code listener} where the connection stands, now and whenever that changes, until it has ended. The
     * listener runs on the executor of the client, one call at a time, in the order of the states; it may block, and
     * throw anything, which is logged. It always hears the newest state, and the end; those that came and went before
     * it was told of the one before may be left out. {@link ConnectionStatus#generation} shows when the connection was
     * made anew meanwhile, and the event {@link io.hypha.rpc.client.LocalEvents#CONNECTED} comes each time.
     */
    public ListenerHandle onStateChange(Listener<? super ConnectionStatus> listener) {
        Objects.requireNonNull(listener, "listener");
        BlockingListener<ConnectionState> hears = state -> listener.hear(new ConnectionStatus(state));
        return new ListenerHandle(JavaEvents.onState(connection, hears));
    }

    /**
     * Gives the connection up that there is, or the wait for the next one, and makes another one at once: for programs
     * that learn that the network has changed. Calls, services and listeners stay. Does nothing after the end. Returns
     * at once, also on the main thread of an Android app; {@link #onStateChange} tells what becomes of it.
     */
    public void forceReconnect() {
        connection.forceReconnect();
    }

    /** How much the connection keeps alive at this moment. */
    public SessionStatistics statistics() {
        return connection.getStatistics();
    }

    /** The services that this client offers at this moment, the built-in one first, as it describes them. */
    public List<ServiceInfo> services() {
        return connection.getServices();
    }

    /**
     * The ids of the services that the server has not taken again after the connection came back, most of the time
     * none. They are tried again, and {@link #services} holds them as well.
     */
    public List<String> missingServices() {
        return connection.getMissingServices();
    }

    /**
     * What the members of a service look like to others: the {@code service_schema} that a registration sends (protocol
     * §7.3). Functions have {@code {"type": "function", "function": {"name", "description", "parameters"}}}, groups are
     * maps of them.
     */
    public Map<String, Object> getServiceSchema(ServiceDefinition service) {
        return connection.getServiceSchema(
                Objects.requireNonNull(service, "service").service());
    }

    /**
     * Calls {@code listener} for every event of a type, until the result is closed. The listeners of a client run on
     * its executor, one at a time, in the order of the events and of their registration. A listener may block, and
     * holds up the others meanwhile: one that takes long starts something of its own. When 1,024 events or 64 MiB wait,
     * the oldest are dropped, which the log says. What a listener throws is logged.
     *
     * <p>It hears what is sent to this client alone, and what it tells itself; broadcasts are for {@code subscribe}.
     */
    public ListenerHandle on(String type, Listener<? super HyphaEvent> listener) {
        return events.on(type, listener);
    }

    /** Calls {@code listener} for the next event of a type; see {@link #on}. */
    public ListenerHandle once(String type, Listener<? super HyphaEvent> listener) {
        return events.once(type, listener);
    }

    /** Closes all listeners of a type. Event streams, and who waits for an event, go on. */
    public void off(String type) {
        connection.off(Objects.requireNonNull(type, "type"));
    }

    /** Closes all listeners to events. Event streams, and who waits for an event, go on. */
    public void off() {
        connection.off(null);
    }

    /**
     * Ends the connection: running calls fail in both directions, and the services are gone. Returns at once and may be
     * called again.
     */
    @Override
    public void close() {
        connection.close();
    }
}
