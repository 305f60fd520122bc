package io.hypha.rpc.java;

import io.hypha.rpc.client.HyphaConnection;
import io.hypha.rpc.client.ServiceType;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.jvm.Suspending;
import io.hypha.rpc.service.RemoteService;
import io.hypha.rpc.service.ServiceInfo;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kotlin.Unit;

/**
 * A connection to a Hypha server whose methods return futures: {@link HyphaClient} in its other form. Safe for use by
 * several threads. Closing one form closes the connection. What is said at {@link HyphaAsyncFunction} holds for its
 * futures.
 */
public final class HyphaAsyncClient implements AutoCloseable {
    private final HyphaConnection connection;
    private final JavaExecution execution;

    HyphaAsyncClient(HyphaConnection connection) {
        this.connection = connection;
        this.execution = JavaExecution.of(connection);
    }

    /** The same connection for calls that wait for their results. */
    public HyphaClient blocking() {
        return new HyphaClient(connection);
    }

    /** The workspace of this client. */
    public String workspace() {
        return connection.getWorkspace();
    }

    /** The id of this client within its workspace. */
    public String clientId() {
        return connection.getClientId();
    }

    /**
     * Finds a service.
     *
     * @param id {@code service}, {@code client:service} or {@code workspace/client:service}, each with an optional
     *     {@code @app}; {@code *} stands for any client.
     * @throws io.hypha.rpc.ServiceNotFoundException when there is none.
     * @throws io.hypha.rpc.PermissionDeniedException when this client may not have it.
     */
    public CompletableFuture<HyphaAsyncService> getService(String id) {
        Suspending<RemoteService> call =
                continuation -> connection.getService(id, options -> Unit.INSTANCE, continuation);
        return execution.future(call.map(HyphaAsyncService::new));
    }

    /** The services of this client's own workspace. */
    public CompletableFuture<List<ServiceInfo>> listServices() {
        return execution.future(continuation -> connection.listServices((Object) null, continuation));
    }

    /**
     * Offers a service to others; it can be called when this returns.
     *
     * @throws IllegalArgumentException when this client has a service of that id.
     */
    public CompletableFuture<ServiceInfo> registerService(ServiceDefinition service) {
        return registerService(service, false);
    }

    /**
     * Offers a service to others; it can be called when this returns.
     *
     * @param overwrite replaces a service of the same id instead of failing.
     * @throws IllegalArgumentException when this client has a service of that id, unless it is to be replaced.
     */
    public CompletableFuture<ServiceInfo> registerService(ServiceDefinition service, boolean overwrite) {
        return execution.future(
                continuation -> connection.registerService(service.service(), overwrite, false, continuation));
    }

    /**
     * Withdraws a service of this client.
     *
     * @param id its id, with or without {@code workspace/client:}.
     * @throws io.hypha.rpc.ServiceNotFoundException when this client has no such service.
     */
    public CompletableFuture<Void> unregisterService(String id) {
        Suspending<Unit> call = continuation -> connection.unregisterService(id, continuation);
        return execution.future(call.map(done -> null));
    }

    /** Sends a value to the server and returns what comes back; shows how a value travels. */
    public CompletableFuture<Object> echo(Object value) {
        return echo(value, Object.class);
    }

    /** Sends a value to the server and returns what comes back as the type {@code result}. */
    public <T> CompletableFuture<T> echo(Object value, Class<T> result) {
        List<Object> arguments = Collections.singletonList(value);
        Map<String, Object> none = Collections.emptyMap();
        return execution.future(continuation ->
                connection.getManager().call("echo", Values.SHAPES.<T>nullable(result), arguments, none, continuation));
    }

    /**
     * Ends the connection: running calls fail in both directions, and the services are gone. Returns at once and may be
     * called again.
     */
    @Override
    public void close() {
        connection.close();
    }

    /** Blocks until the connection has ended, for whatever reason, and nothing of it runs any more. */
    public CompletableFuture<Void> awaitClosed() {
        Suspending<Unit> call = connection::awaitClosed;
        return execution.future(call.map(done -> null));
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
