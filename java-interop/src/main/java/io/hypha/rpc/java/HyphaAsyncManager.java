package io.hypha.rpc.java;

import io.hypha.rpc.client.BookmarkKind;
import io.hypha.rpc.client.ClientInfo;
import io.hypha.rpc.client.HyphaConnection;
import io.hypha.rpc.client.LoggedEvent;
import io.hypha.rpc.client.ServiceType;
import io.hypha.rpc.client.WorkspaceCleanup;
import io.hypha.rpc.client.WorkspaceInfo;
import io.hypha.rpc.client.WorkspaceStatus;
import io.hypha.rpc.client.WorkspaceSummary;
import io.hypha.rpc.jvm.JavaExecution;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The server's own service, whose methods return futures: {@link HyphaManager} in its other form. Safe for use by
 * several threads. What is said at {@link HyphaAsyncClient} holds for its futures.
 */
public final class HyphaAsyncManager {
    private static final int LONGEST_LIST = 256;

    private final HyphaConnection connection;
    private final JavaExecution execution;
    private final ManagerCalls calls;

    HyphaAsyncManager(HyphaConnection connection) {
        this.connection = connection;
        this.execution = JavaExecution.of(connection);
        this.calls = new ManagerCalls(connection.getManager());
    }

    /** The same service for calls that wait for their results. */
    public HyphaManager blocking() {
        return new HyphaManager(connection);
    }

    /**
     * Calls any function of the server's own service by its name on the wire; {@link HyphaService} says what arguments
     * and results may be.
     */
    public <T> CompletableFuture<T> call(String name, Class<T> result, Object... arguments) {
        return execution.future(calls.call(name, result, arguments));
    }

    /** Calls any function of the server's own service by its name on the wire. */
    public <T> CompletableFuture<T> call(String name, TypeRef<T> result, Object... arguments) {
        return execution.future(
                calls.call(name, Objects.requireNonNull(result, "result").type(), arguments));
    }

    /**
     * Has broadcasts of these types delivered to this client: events of the server, and those that clients send to
     * {@code *} (protocol §10.2). {@code subscribe} and {@code events} of the client do so themselves, as long as
     * somebody listens.
     */
    public CompletableFuture<Void> subscribe(String... types) {
        return execution.future(calls.subscribe(types));
    }

    /** Ends what {@link #subscribe} began; types that others who listen at this connection still want go on. */
    public CompletableFuture<Void> unsubscribe(String... types) {
        return execution.future(calls.unsubscribe(types));
    }

    /** The clients in the workspace of this client. */
    public CompletableFuture<List<ClientInfo>> listClients() {
        return listClients(null);
    }

    /**
     * The clients in a workspace.
     *
     * @param workspace its id; {@code null} for the one of this client.
     */
    public CompletableFuture<List<ClientInfo>> listClients(String workspace) {
        return execution.future(calls.listClients(workspace));
    }

    /**
     * Has the server ask a client ({@code client} or {@code workspace/client}) whether it is alive; it has 5 seconds.
     */
    public CompletableFuture<Void> ping(String client) {
        return execution.future(calls.ping(client, null));
    }

    /** Has the server ask a client whether it is alive; it has that long to answer. */
    public CompletableFuture<Void> ping(String client, long time, TimeUnit unit) {
        return execution.future(calls.ping(client, Nanoseconds.of(time, unit)));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public CompletableFuture<Void> ping(String client, Duration time) {
        return execution.future(calls.ping(client, Nanoseconds.of(time)));
    }

    /**
     * Has the server ask every client of a workspace whether it is alive, and remove those that do not answer within 5
     * seconds. Only administrators can.
     *
     * @param workspace its id; {@code null} for the one of this client.
     */
    public CompletableFuture<WorkspaceCleanup> cleanup(String workspace) {
        return execution.future(calls.cleanup(workspace, null));
    }

    /** The same with another time for each client to answer. */
    public CompletableFuture<WorkspaceCleanup> cleanup(String workspace, long time, TimeUnit unit) {
        return execution.future(calls.cleanup(workspace, Nanoseconds.of(time, unit)));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public CompletableFuture<WorkspaceCleanup> cleanup(String workspace, Duration time) {
        return execution.future(calls.cleanup(workspace, Nanoseconds.of(time)));
    }

    /**
     * Makes a workspace, which the user then owns. Only users with a token can.
     *
     * @param id lower-case letters, digits and hyphens, with at least one hyphen.
     */
    public CompletableFuture<WorkspaceInfo> createWorkspace(String id) {
        return createWorkspace(id, WorkspaceSettings.create());
    }

    /** Makes a workspace as the settings say. */
    public CompletableFuture<WorkspaceInfo> createWorkspace(String id, WorkspaceSettings settings) {
        return execution.future(calls.createWorkspace(id, settings));
    }

    /** The workspaces that the user may join, without their settings; 256 at most. */
    public CompletableFuture<List<WorkspaceInfo>> listWorkspaces() {
        return execution.future(calls.listWorkspaces(Collections.emptyMap(), 0, LONGEST_LIST));
    }

    /**
     * Some of the workspaces that the user may join, without their settings.
     *
     * @param match entries that a workspace must have to be listed, such as {@code persistent}.
     * @param offset how many to leave out at the start.
     * @param limit how many to list at most, 1 to 256.
     */
    public CompletableFuture<List<WorkspaceInfo>> listWorkspaces(Map<String, ?> match, int offset, int limit) {
        return execution.future(calls.listWorkspaces(match, offset, limit));
    }

    /** Describes the workspace of this client. */
    public CompletableFuture<WorkspaceInfo> getWorkspaceInfo() {
        return getWorkspaceInfo(null);
    }

    /**
     * Describes a workspace.
     *
     * @param workspace its id; {@code null} for the one of this client.
     */
    public CompletableFuture<WorkspaceInfo> getWorkspaceInfo(String workspace) {
        return execution.future(calls.getWorkspaceInfo(workspace));
    }

    /** Removes a workspace and everything in it. Only its owners and administrators can. */
    public CompletableFuture<Void> deleteWorkspace(String id) {
        return execution.future(calls.deleteWorkspace(id));
    }

    /** Sums up the workspace of this client. */
    public CompletableFuture<WorkspaceSummary> getSummary() {
        return execution.future(calls.getSummary());
    }

    /** Asks whether the workspace of this client is ready. */
    public CompletableFuture<WorkspaceStatus> checkStatus() {
        return execution.future(calls.checkStatus());
    }

    /**
     * Remembers a workspace or service for the user, in the bookmarks of the user's own workspace.
     *
     * @param id the id of the workspace, or the full id of the service.
     */
    public CompletableFuture<Void> bookmark(BookmarkKind kind, String id) {
        return execution.future(calls.bookmark(kind, id));
    }

    /** Forgets what {@link #bookmark} remembered; one that is not there changes nothing. */
    public CompletableFuture<Void> unbookmark(BookmarkKind kind, String id) {
        return execution.future(calls.unbookmark(kind, id));
    }

    /** Sets a variable that every client of the workspace with the right to write can read; {@code null} removes it. */
    public CompletableFuture<Void> setEnv(String key, String value) {
        return execution.future(calls.setEnv(key, value));
    }

    /** The value of a variable of the workspace. */
    public CompletableFuture<String> getEnv(String key) {
        return execution.future(calls.getEnv(key));
    }

    /** All variables of the workspace. */
    public CompletableFuture<Map<String, String>> getEnv() {
        return execution.future(calls.getEnv());
    }

    /** Writes a message to the log of the workspace, as an event of the type {@code log}. */
    public CompletableFuture<Void> log(String message) {
        return execution.future(calls.log(message));
    }

    /** Writes an event without data to the log of the workspace. */
    public CompletableFuture<Void> logEvent(String type) {
        return logEvent(type, null);
    }

    /**
     * Writes an event to the log of the workspace. Nobody hears of it: {@link HyphaClient#emit(String, Object, String)}
     * tells other clients.
     */
    public CompletableFuture<Void> logEvent(String type, Map<String, ?> data) {
        return execution.future(calls.logEvent(type, data));
    }

    /** The events that this user has logged in the workspace. */
    public CompletableFuture<List<LoggedEvent>> getEvents() {
        return getEvents(null);
    }

    /** The events of one type that this user has logged in the workspace. */
    public CompletableFuture<List<LoggedEvent>> getEvents(String type) {
        return getEvents(type, null, null);
    }

    /**
     * The events of a time that this user has logged in the workspace; {@code null} sets no limit.
     *
     * @param startTime only those from this time on, in ISO 8601 and UTC; some servers do not support it.
     * @param endTime only those up to this time.
     */
    public CompletableFuture<List<LoggedEvent>> getEvents(String type, String startTime, String endTime) {
        return execution.future(calls.getEvents(type, startTime, endTime));
    }

    /** How many events of each type this user has logged in the workspace. */
    public CompletableFuture<Map<String, Long>> getEventStats() {
        return getEventStats(null, null, null);
    }

    /** How many events of each type this user has logged in a time; the parameters are those of {@code getEvents}. */
    public CompletableFuture<Map<String, Long>> getEventStats(String type, String startTime, String endTime) {
        return execution.future(calls.getEventStats(type, startTime, endTime));
    }

    /** A service type, {@code type} of the own workspace or {@code workspace/type}. */
    public CompletableFuture<ServiceType> serviceType(String id) {
        return execution.future(calls.serviceType(id));
    }

    /** The service types of the workspace of this client. */
    public CompletableFuture<List<ServiceType>> serviceTypes() {
        return serviceTypes(null);
    }

    /**
     * The service types of a workspace.
     *
     * @param workspace its id; {@code null} for the one of this client.
     */
    public CompletableFuture<List<ServiceType>> serviceTypes(String workspace) {
        return execution.future(calls.serviceTypes(workspace));
    }

    @Override
    public String toString() {
        return "HyphaAsyncManager(" + connection.getWorkspace() + ")";
    }
}
