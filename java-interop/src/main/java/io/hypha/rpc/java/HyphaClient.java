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
import java.util.concurrent.TimeUnit;

/**
 * A connection to a Hypha server: offers services, and finds and calls those of others. Safe for use by several
 * threads. Close it when it is no longer needed. All threads of the library are daemons: a {@code main} ends the
 * program though its client is open. One that only serves others waits in {@link #serve}.
 *
 * <p>Its methods block until the server has answered, and may throw an {@link io.hypha.rpc.HyphaException}. When the
 * waiting thread is interrupted they cancel what they wait for and throw a
 * {@link java.util.concurrent.CancellationException}; the thread stays interrupted.
 */
public final class HyphaClient extends ClientFace {
    HyphaClient(HyphaConnection connection) {
        super(connection);
    }

    /** The same connection for calls that return futures in place of waiting. */
    public HyphaAsyncClient async() {
        return new HyphaAsyncClient(connection);
    }

    /** The server's own service. */
    public HyphaManager manager() {
        return new HyphaManager(connection);
    }

    /**
     * Offers a service to others; it can be called when this is done.
     *
     * @throws IllegalArgumentException when this client has a service of that id, unless it is to be replaced, or the
     *     service is not of its type; the message names all that is missing or too much.
     */
    public ServiceInfo registerService(ServiceDefinition service, RegisterOption... options) {
        return execution.await(calls.registerService(service, options));
    }

    /**
     * Withdraws a service of this client, or ends an interface object for the client that it was sent to.
     *
     * @param id its id, with or without {@code workspace/client:}.
     * @throws io.hypha.rpc.ServiceNotFoundException when this client has no such service.
     */
    public void unregisterService(String id) {
        execution.await(calls.unregisterService(id));
    }

    /**
     * Withdraws the service that a registration returned.
     *
     * @throws io.hypha.rpc.ServiceNotFoundException when this client has no such service.
     */
    public void unregisterService(ServiceInfo info) {
        unregisterService(Objects.requireNonNull(info, "info").getId());
    }

    /**
     * Finds a service through the server. The handle follows its provider.
     *
     * @param id {@code service}, {@code client:service} or {@code workspace/client:service}, each with an optional
     *     {@code @app}; {@code *} stands for any run of characters, and {@code ~} is the server's own service.
     * @throws io.hypha.rpc.ServiceNotFoundException when there is none.
     * @throws io.hypha.rpc.PermissionDeniedException when this client may not have it.
     */
    public HyphaService getService(String id) {
        return getService(id, LookupSettings.create());
    }

    /**
     * Finds a service through the server in the way that the settings say.
     *
     * @throws IllegalArgumentException when the id or a setting is not valid; nothing was sent.
     * @throws io.hypha.rpc.ServiceNotFoundException when there is none.
     * @throws io.hypha.rpc.PermissionDeniedException when this client may not have it.
     * @throws io.hypha.rpc.CallTimeoutException when it was not there in time.
     */
    public HyphaService getService(String id, LookupSettings settings) {
        return new HyphaService(execution.await(calls.getService(id, settings)));
    }

    /**
     * Asks a client for one of its services, without the server's registry.
     *
     * @param client {@code client} or {@code workspace/client}.
     * @param service the id of the service within that client.
     * @throws io.hypha.rpc.ServiceNotFoundException when there is none.
     */
    public HyphaService getServiceOf(String client, String service) {
        return getServiceOf(client, service, LookupSettings.create());
    }

    /**
     * Asks a client for one of its services in the way that the settings say; there is nothing to choose from.
     *
     * @throws IllegalArgumentException when the settings have a mode; nothing was sent.
     * @throws io.hypha.rpc.ServiceNotFoundException when there is none.
     */
    public HyphaService getServiceOf(String client, String service, LookupSettings settings) {
        return new HyphaService(execution.await(calls.getServiceOf(client, service, settings)));
    }

    /**
     * What the server knows of a service, without asking its provider.
     *
     * @throws io.hypha.rpc.ServiceNotFoundException when there is none.
     */
    public ServiceInfo getServiceInfo(String id) {
        return getServiceInfo(id, InfoSettings.create());
    }

    /**
     * What the server knows of a service, chosen in the way that the settings say.
     *
     * @throws IllegalArgumentException when the id or a setting is not valid; nothing was sent.
     * @throws io.hypha.rpc.ServiceNotFoundException when there is none.
     */
    public ServiceInfo getServiceInfo(String id, InfoSettings settings) {
        return execution.await(calls.getServiceInfo(id, settings));
    }

    /** The services of this client's own workspace. */
    public List<ServiceInfo> listServices() {
        return execution.await(calls.listServices());
    }

    /**
     * The services that this client may see and that fit a text such as {@code ws}, {@code ws/service} or
     * {@code client:service}.
     */
    public List<ServiceInfo> listServices(String query) {
        return execution.await(calls.listServices(query));
    }

    /**
     * The services that this client may see and that fit the query.
     *
     * @throws IllegalArgumentException when a pattern is not valid; nothing was sent.
     */
    public List<ServiceInfo> listServices(ServiceQuery query) {
        return execution.await(calls.listServices(query));
    }

    /**
     * Searches for services by what they are about; servers that are not set up for it refuse.
     *
     * @param words what to look for; {@code null} for everything that fits the filters.
     */
    public ServicePage searchServices(String words) {
        return searchServices(words, SearchSettings.create());
    }

    /**
     * Searches for services in the way that the settings say.
     *
     * @throws IllegalArgumentException when a setting is not valid; nothing was sent.
     */
    public ServicePage searchServices(String words, SearchSettings settings) {
        return execution.await(calls.searchServices(words, settings));
    }

    /** Sends a value to the server and returns what comes back; shows how a value travels. */
    public Object echo(Object value) {
        return execution.await(calls.echo(value, Object.class));
    }

    /** Sends a value to the server and returns what comes back as the type {@code result}. */
    public <T> T echo(Object value, Class<T> result) {
        return execution.await(calls.echo(value, result));
    }

    /** Sends a value to the server and returns what comes back as the type {@code result}. */
    public <T> T echo(Object value, TypeRef<T> result) {
        return execution.await(
                calls.echo(value, Objects.requireNonNull(result, "result").type()));
    }

    /**
     * Asks a client ({@code client} or {@code workspace/client}) whether it is alive; done when it has answered.
     *
     * @throws io.hypha.rpc.CallTimeoutException when it did not answer in the timeout of this client.
     * @throws io.hypha.rpc.PeerGoneException when it is not connected.
     */
    public void ping(String client) {
        execution.await(calls.ping(client, null));
    }

    /**
     * Asks a client whether it is alive; it has that long to answer.
     *
     * @throws io.hypha.rpc.CallTimeoutException when it did not answer in time.
     * @throws io.hypha.rpc.PeerGoneException when it is not connected.
     */
    public void ping(String client, long time, TimeUnit unit) {
        execution.await(calls.ping(client, Nanoseconds.of(time, unit)));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public void ping(String client, Duration time) {
        execution.await(calls.ping(client, Nanoseconds.of(time)));
    }

    /** Tells the listeners of this connection only. */
    public void emit(String type, Object data) {
        emit(type, data, null);
    }

    /**
     * Sends an event. Nobody confirms it: a server that refuses a broadcast only says so in an event of the type
     * {@code error}, which is logged.
     *
     * @param data plain values; clients in other languages do not convert arrays and other special values in events.
     * @param to {@code *} for every client of the workspace that has subscribed to the type, or one client: its id or,
     *     in another workspace, {@code workspace/client}; {@code null} for the listeners of this connection.
     * @throws IllegalArgumentException when the type is one of the server's own, or {@code to} is no target.
     * @throws io.hypha.rpc.EncodingException when the data cannot be sent.
     */
    public void emit(String type, Object data, String to) {
        emit(type, data, to, Collections.emptyMap());
    }

    /** Sends an event with further entries beside its data. */
    public void emit(String type, Object data, String to, Map<String, ?> more) {
        execution.await(calls.emit(type, data, to, more));
    }

    /**
     * Like {@link #on}, for broadcasts: the server delivers them when this is done, and until the result is closed and
     * nobody else here wants them.
     *
     * @throws io.hypha.rpc.HyphaException when the server does not allow it.
     */
    public ListenerHandle subscribe(String type, Listener<? super HyphaEvent> listener) {
        return Handover.await(execution, events.subscribe(type, listener), ListenerHandle::close);
    }

    /**
     * Waits for the next event of a type. Listens when this is called.
     *
     * @throws io.hypha.rpc.CallTimeoutException when none came in time.
     * @throws io.hypha.rpc.ConnectionClosedException when the connection has ended.
     */
    public HyphaEvent waitFor(String type, long time, TimeUnit unit) {
        return waitFor(EventMatch.of(type), time, unit);
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaEvent waitFor(String type, Duration time) {
        return waitFor(EventMatch.of(type), time);
    }

    /**
     * Waits for the next event that fits. Listens when this is called; asking the server for broadcasts is part of the
     * wait.
     *
     * @throws io.hypha.rpc.CallTimeoutException when none came in time.
     * @throws io.hypha.rpc.ConnectionClosedException when the connection has ended.
     */
    public HyphaEvent waitFor(EventMatch wanted, long time, TimeUnit unit) {
        return execution.await(events.waitFor(wanted, Nanoseconds.of(time, unit)));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public HyphaEvent waitFor(EventMatch wanted, Duration time) {
        return execution.await(events.waitFor(wanted, Nanoseconds.of(time)));
    }

    /** The events of a type from now on, to be taken one by one. Close the stream. */
    public EventStream events(String type) {
        return events(EventMatch.of(type));
    }

    /**
     * The events that fit from now on, to be taken one by one; the server delivers broadcasts when this is done, if
     * {@code wanted} has them. Close the stream.
     *
     * @throws io.hypha.rpc.HyphaException when the server does not allow it.
     */
    public EventStream events(EventMatch wanted) {
        return Handover.await(
                execution, events.open(wanted).map(stream -> new EventStream(stream, execution)), EventStream::close);
    }

    /**
     * Makes a token with which others can connect (protocol §9.4). It stands for a new user, whose parent is the user
     * of this client.
     *
     * @throws io.hypha.rpc.PermissionDeniedException unless this client has {@code Admin} permission in the workspace,
     *     or its user owns it.
     * @throws IllegalArgumentException when a setting is not valid; nothing was sent.
     */
    public String generateToken(TokenSettings settings) {
        return execution.await(calls.generateToken(settings));
    }

    /**
     * The user that a token stands for, as the server vouches for it.
     *
     * @throws io.hypha.rpc.RemoteException when the token is not valid, or not valid any more.
     */
    public UserInfo parseToken(String token) {
        return execution.await(calls.parseToken(token));
    }

    /**
     * Makes a token invalid: nobody can connect with it from now on. Who is connected stays.
     *
     * @throws io.hypha.rpc.RemoteException when the token is not valid, or has ended already.
     * @throws io.hypha.rpc.PermissionDeniedException unless this client has {@code Admin} permission.
     */
    public void revokeToken(String token) {
        execution.await(calls.revokeToken(token));
    }

    /**
     * Waits until the connection has ended, for programs that only provide services. Done without a failure when this
     * program closed it.
     *
     * @throws io.hypha.rpc.HyphaException why the connection ended, when it was not closed here.
     */
    public void serve() {
        execution.await(calls.serve());
    }

    /** Waits until the connection has ended, for whatever reason, and nothing of it runs any more. */
    public void awaitClosed() {
        execution.await(calls.awaitClosed());
    }

    /**
     * Tells the server what services of a type look like: they have the members of {@code example}, whose name,
     * description and docs the type gets. Its handlers are never called. Services that are registered with a check of
     * their type are held against it. Needs the permission to write in the workspace.
     *
     * @param id the id of the type, which services name as their {@link ServiceDefinitionBuilder#type}.
     * @throws IllegalArgumentException when the id is empty or there is no member; nothing was sent.
     */
    public ServiceType registerServiceType(String id, ServiceDefinition example) {
        return execution.await(ServiceCalls.registerServiceType(connection, id, example));
    }

    /**
     * Offers the service that other clients find as this client's app, in the place of an earlier one (protocol §7.9).
     *
     * @param service what to offer; its id becomes {@code default}.
     */
    public ServiceInfo export(ServiceDefinition service) {
        return execution.await(ServiceCalls.export(connection, service));
    }

    /**
     * The app of a client: the service that it exports.
     *
     * @param clientId {@code client} or {@code workspace/client}.
     * @throws io.hypha.rpc.ServiceNotFoundException when it exports none.
     */
    public HyphaService getApp(String clientId) {
        return new HyphaService(execution.await(ServiceCalls.getApp(connection, clientId)));
    }

    /** The apps of the clients of this client's own workspace. */
    public List<ServiceInfo> listApps() {
        return listApps(workspace());
    }

    /** The apps of the clients of a workspace. */
    public List<ServiceInfo> listApps(String workspace) {
        return execution.await(ServiceCalls.listApps(connection, workspace));
    }

    /**
     * Offers functions that say how this client is, under the id {@code probes} and open to everybody, in the place of
     * earlier ones (protocol §7.9).
     */
    public ServiceInfo registerProbes(HyphaProbes probes) {
        return execution.await(ServiceCalls.registerProbes(connection, probes));
    }

    @Override
    public String toString() {
        return "HyphaClient(" + workspace() + "/" + clientId() + ")";
    }
}
