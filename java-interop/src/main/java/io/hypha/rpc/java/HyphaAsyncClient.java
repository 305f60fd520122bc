package io.hypha.rpc.java;

import io.hypha.rpc.call.UserInfo;
import io.hypha.rpc.client.HyphaConnection;
import io.hypha.rpc.client.HyphaEvent;
import io.hypha.rpc.client.ServiceType;
import io.hypha.rpc.service.ServiceInfo;
import io.hypha.rpc.service.ServicePage;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a Hypha server whose methods return futures: {@link HyphaClient} in its other form. Safe for use by
 * several threads. Closing one form closes the connection.
 *
 * <p>A future fails with what the method of the other form throws, cancelling it cancels what it waits for, and what
 * depends on it runs where the handlers of the client run, and may block.
 */
public final class HyphaAsyncClient extends ClientFace {
    HyphaAsyncClient(HyphaConnection connection) {
        super(connection);
    }

    /** The same connection for calls that wait for their results. */
    public HyphaClient blocking() {
        return new HyphaClient(connection);
    }

    /** The server's own service. */
    public HyphaAsyncManager manager() {
        return new HyphaAsyncManager(connection);
    }

    /** Offers a service to others; it can be called when this is done. */
    public CompletableFuture<ServiceInfo> registerService(ServiceDefinition service, RegisterOption... options) {
        return execution.future(calls.registerService(service, options));
    }

    /**
     * Withdraws a service of this client, or ends an interface object for the client that it was sent to.
     *
     * @param id its id, with or without {@code workspace/client:}.
     */
    public CompletableFuture<Void> unregisterService(String id) {
        return execution.future(calls.unregisterService(id));
    }

    /** Withdraws the service that a registration returned. */
    public CompletableFuture<Void> unregisterService(ServiceInfo info) {
        return unregisterService(Objects.requireNonNull(info, "info").getId());
    }

    /**
     * Finds a service through the server. The handle follows its provider.
     *
     * @param id {@code service}, {@code client:service} or {@code workspace/client:service}, each with an optional
     *     {@code @app}; {@code *} stands for any run of characters, and {@code ~} is the server's own service.
     */
    public CompletableFuture<HyphaAsyncService> getService(String id) {
        return getService(id, LookupSettings.create());
    }

    /** Finds a service through the server in the way that the settings say. */
    public CompletableFuture<HyphaAsyncService> getService(String id, LookupSettings settings) {
        return execution.future(calls.getService(id, settings).map(HyphaAsyncService::new));
    }

    /**
     * Asks a client for one of its services, without the server's registry.
     *
     * @param client {@code client} or {@code workspace/client}.
     * @param service the id of the service within that client.
     */
    public CompletableFuture<HyphaAsyncService> getServiceOf(String client, String service) {
        return getServiceOf(client, service, LookupSettings.create());
    }

    /** Asks a client for one of its services in the way that the settings say; there is nothing to choose from. */
    public CompletableFuture<HyphaAsyncService> getServiceOf(String client, String service, LookupSettings settings) {
        return execution.future(calls.getServiceOf(client, service, settings).map(HyphaAsyncService::new));
    }

    /** What the server knows of a service, without asking its provider. */
    public CompletableFuture<ServiceInfo> getServiceInfo(String id) {
        return getServiceInfo(id, InfoSettings.create());
    }

    /** What the server knows of a service, chosen in the way that the settings say. */
    public CompletableFuture<ServiceInfo> getServiceInfo(String id, InfoSettings settings) {
        return execution.future(calls.getServiceInfo(id, settings));
    }

    /** The services of this client's own workspace. */
    public CompletableFuture<List<ServiceInfo>> listServices() {
        return execution.future(calls.listServices());
    }

    /**
     * The services that this client may see and that fit a text such as {@code ws}, {@code ws/service} or
     * {@code client:service}.
     */
    public CompletableFuture<List<ServiceInfo>> listServices(String query) {
        return execution.future(calls.listServices(query));
    }

    /** The services that this client may see and that fit the query. */
    public CompletableFuture<List<ServiceInfo>> listServices(ServiceQuery query) {
        return execution.future(calls.listServices(query));
    }

    /**
     * Searches for services by what they are about; servers that are not set up for it refuse.
     *
     * @param words what to look for; {@code null} for everything that fits the filters.
     */
    public CompletableFuture<ServicePage> searchServices(String words) {
        return searchServices(words, SearchSettings.create());
    }

    /** Searches for services in the way that the settings say. */
    public CompletableFuture<ServicePage> searchServices(String words, SearchSettings settings) {
        return execution.future(calls.searchServices(words, settings));
    }

    /** Sends a value to the server and returns what comes back; shows how a value travels. */
    public CompletableFuture<Object> echo(Object value) {
        return execution.future(calls.echo(value, Object.class));
    }

    /** Sends a value to the server and returns what comes back as the type {@code result}. */
    public <T> CompletableFuture<T> echo(Object value, Class<T> result) {
        return execution.future(calls.echo(value, result));
    }

    /** Sends a value to the server and returns what comes back as the type {@code result}. */
    public <T> CompletableFuture<T> echo(Object value, TypeRef<T> result) {
        return execution.future(
                calls.echo(value, Objects.requireNonNull(result, "result").type()));
    }

    /** Asks a client ({@code client} or {@code workspace/client}) whether it is alive; done when it has answered. */
    public CompletableFuture<Void> ping(String client) {
        return execution.future(calls.ping(client, null));
    }

    /** Asks a client whether it is alive; it has that long to answer. */
    public CompletableFuture<Void> ping(String client, long time, TimeUnit unit) {
        return execution.future(calls.ping(client, Nanoseconds.of(time, unit)));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public CompletableFuture<Void> ping(String client, Duration time) {
        return execution.future(calls.ping(client, Nanoseconds.of(time)));
    }

    /** Tells the listeners of this connection only. */
    public CompletableFuture<Void> emit(String type, Object data) {
        return emit(type, data, null);
    }

    /**
     * Sends an event. Nobody confirms it: a server that refuses a broadcast only says so in an event of the type
     * {@code error}, which is logged.
     *
     * @param data plain values; clients in other languages do not convert arrays and other special values in events.
     * @param to {@code *} for every client of the workspace that has subscribed to the type, or one client: its id or,
     *     in another workspace, {@code workspace/client}; {@code null} for the listeners of this connection.
     */
    public CompletableFuture<Void> emit(String type, Object data, String to) {
        return emit(type, data, to, Collections.emptyMap());
    }

    /** Sends an event with further entries beside its data. */
    public CompletableFuture<Void> emit(String type, Object data, String to, Map<String, ?> more) {
        return execution.future(calls.emit(type, data, to, more));
    }

    /**
     * Like {@link #on}, for broadcasts: the server delivers them when this is done, and until the result is closed and
     * nobody else here wants them.
     */
    public CompletableFuture<ListenerHandle> subscribe(String type, Listener<? super HyphaEvent> listener) {
        return Handover.future(execution, events.subscribe(type, listener), ListenerHandle::close);
    }

    /** Waits for the next event of a type. Listens when this is called. */
    public CompletableFuture<HyphaEvent> waitFor(String type, long time, TimeUnit unit) {
        return waitFor(EventMatch.of(type), time, unit);
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public CompletableFuture<HyphaEvent> waitFor(String type, Duration time) {
        return waitFor(EventMatch.of(type), time);
    }

    /**
     * Waits for the next event that fits. Listens when this is called; asking the server for broadcasts is part of the
     * wait.
     */
    public CompletableFuture<HyphaEvent> waitFor(EventMatch wanted, long time, TimeUnit unit) {
        return execution.future(events.waitFor(wanted, Nanoseconds.of(time, unit)));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public CompletableFuture<HyphaEvent> waitFor(EventMatch wanted, Duration time) {
        return execution.future(events.waitFor(wanted, Nanoseconds.of(time)));
    }

    /** The events of a type from now on, to be taken one by one. Close the stream. */
    public CompletableFuture<AsyncEventStream> events(String type) {
        return events(EventMatch.of(type));
    }

    /**
     * The events that fit from now on, to be taken one by one; the server delivers broadcasts when this is done, if
     * {@code wanted} has them. Close the stream.
     */
    public CompletableFuture<AsyncEventStream> events(EventMatch wanted) {
        return Handover.future(
                execution,
                events.open(wanted).map(stream -> new AsyncEventStream(stream, execution)),
                AsyncEventStream::close);
    }

    /**
     * Makes a token with which others can connect (protocol §9.4). It stands for a new user, whose parent is the user
     * of this client.
     */
    public CompletableFuture<String> generateToken(TokenSettings settings) {
        return execution.future(calls.generateToken(settings));
    }

    /** The user that a token stands for, as the server vouches for it. */
    public CompletableFuture<UserInfo> parseToken(String token) {
        return execution.future(calls.parseToken(token));
    }

    /** Makes a token invalid: nobody can connect with it from now on. Who is connected stays. */
    public CompletableFuture<Void> revokeToken(String token) {
        return execution.future(calls.revokeToken(token));
    }

    /**
     * Waits until the connection has ended, for programs that only provide services. Done without a failure when this
     * program closed it.
     */
    public CompletableFuture<Void> serve() {
        return execution.future(calls.serve());
    }

    /** Waits until the connection has ended, for whatever reason, and nothing of it runs any more. */
    public CompletableFuture<Void> awaitClosed() {
        return execution.future(calls.awaitClosed());
    }

    /**
     * Tells the server what services of a type look like: they have the members of {@code example}, whose name,
     * description and docs the type gets. Its handlers are never called. Services that are registered with a check of
     * their type are held against it. Needs the permission to write in the workspace.
     *
     * @param id the id of the type, which services name as their {@link ServiceDefinitionBuilder#type}.
     * @throws IllegalArgumentException when the id is empty or there is no member; nothing was sent.
     */
    public CompletableFuture<ServiceType> registerServiceType(String id, ServiceDefinition example) {
        return execution.future(ServiceCalls.registerServiceType(connection, id, example));
    }

    /**
     * Offers the service that other clients find as this client's app, in the place of an earlier one (protocol §7.9).
     *
     * @param service what to offer; its id becomes {@code default}.
     */
    public CompletableFuture<ServiceInfo> export(ServiceDefinition service) {
        return execution.future(ServiceCalls.export(connection, service));
    }

    /**
     * The app of a client: the service that it exports.
     *
     * @param clientId {@code client} or {@code workspace/client}.
     * @throws io.hypha.rpc.ServiceNotFoundException when it exports none.
     */
    public CompletableFuture<HyphaAsyncService> getApp(String clientId) {
        return execution.future(ServiceCalls.getApp(connection, clientId).map(HyphaAsyncService::new));
    }

    /** The apps of the clients of this client's own workspace. */
    public CompletableFuture<List<ServiceInfo>> listApps() {
        return listApps(workspace());
    }

    /** The apps of the clients of a workspace. */
    public CompletableFuture<List<ServiceInfo>> listApps(String workspace) {
        return execution.future(ServiceCalls.listApps(connection, workspace));
    }

    /**
     * Offers functions that say how this client is, under the id {@code probes} and open to everybody, in the place of
     * earlier ones (protocol §7.9).
     */
    public CompletableFuture<ServiceInfo> registerProbes(HyphaProbes probes) {
        return execution.future(ServiceCalls.registerProbes(connection, probes));
    }

    @Override
    public String toString() {
        return "HyphaAsyncClient(" + workspace() + "/" + clientId() + ")";
    }
}
