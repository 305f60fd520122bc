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
import java.util.concurrent.TimeUnit;

/**
 * The server's own service: everything that concerns a workspace (protocol §8). What people use most are methods; every
 * other function is called by its name. Safe for use by several threads; its methods block as those of
 * {@link HyphaClient} do.
 */
public final class HyphaManager {
    private static final int LONGEST_LIST = 256;

    private final HyphaConnection connection;
    private final JavaExecution execution;
    private final ManagerCalls calls;

    HyphaManager(HyphaConnection connection) {
        this.connection = connection;
        this.execution = JavaExecution.of(connection);
        this.calls = new ManagerCalls(connection.getManager());
    }

    /** The same service for calls that return futures in place of waiting. */
    public HyphaAsyncManager async() {
        return new HyphaAsyncManager(connection);
    }

    /**
     * Calls any function of the server's own service by its name on the wire; {@link HyphaService} says what arguments
     * and results may be.
     *
     * @throws io.hypha.rpc.HyphaException as {@link HyphaFunction#call(Class, Object...)} does.
     */
    public <T> T call(String name, Class<T> result, Object... arguments) {
        return execution.await(calls.call(name, result, arguments));
    }

    /** Calls any function of the server's own service by its name on the wire. */
    public <T> T call(String name, TypeRef<T> result, Object... arguments) {
        return execution.await(
                calls.call(name, Objects.requireNonNull(result, "result").type(), arguments));
    }

    /**
     * Has broadcasts of these types delivered to this client: events of the server, and those that clients send to
     * {@code *} (protocol §10.2). {@code subscribe} and {@code events} of the client do so themselves, as long as
     * somebody listens.
     *
     * @throws io.hypha.rpc.HyphaException when a type is not allowed.
     */
    public void subscribe(String... types) {
        execution.await(calls.subscribe(types));
    }

    /** Ends what {@link #subscribe} began; types that others who listen at this connection still want go on. */
    public void unsubscribe(String... types) {
        execution.await(calls.unsubscribe(types));
    }

    /** The clients in the workspace of this client. */
    public List<ClientInfo> listClients() {
        return listClients(null);
    }

    /**
     * The clients in a workspace.
     *
     * @param workspace its id; {@code null} for the one of this client.
     * @throws io.hypha.rpc.PermissionDeniedException when this client may not read it.
     */
    public List<ClientInfo> listClients(String workspace) {
        return execution.await(calls.listClients(workspace));
    }

    /**
     * Has the server ask a client ({@code client} or {@code workspace/client}) whether it is alive; it has 5 seconds.
     *
     * @throws io.hypha.rpc.PeerGoneException when it did not answer in time.
     */
    public void ping(String client) {
        execution.await(calls.ping(client, null));
    }

    /**
     * Has the server ask a client whether it is alive; it has that long to answer.
     *
     * @throws io.hypha.rpc.PeerGoneException when it did not answer in time.
     */
    public void ping(String client, long time, TimeUnit unit) {
        execution.await(calls.ping(client, Nanoseconds.of(time, unit)));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public void ping(String client, Duration time) {
        execution.await(calls.ping(client, Nanoseconds.of(time)));
    }

    /**
     * Has the server ask every client of a workspace whether it is alive, and remove those that do not answer within 5
     * seconds. Only administrators can.
     *
     * @param workspace its id; {@code null} for the one of this client.
     */
    public WorkspaceCleanup cleanup(String workspace) {
        return execution.await(calls.cleanup(workspace, null));
    }

    /** The same with another time for each client to answer. */
    public WorkspaceCleanup cleanup(String workspace, long time, TimeUnit unit) {
        return execution.await(calls.cleanup(workspace, Nanoseconds.of(time, unit)));
    }

    /** The same as a {@code Duration}, which Android has from API level 26 on. */
    public WorkspaceCleanup cleanup(String workspace, Duration time) {
        return execution.await(calls.cleanup(workspace, Nanoseconds.of(time)));
    }

    /**
     * Makes a workspace, which the user then owns. Only users with a token can.
     *
     * @param id lower-case letters, digits and hyphens, with at least one hyphen.
     * @throws io.hypha.rpc.HyphaException when the id is taken or not allowed, or the user may not.
     */
    public WorkspaceInfo createWorkspace(String id) {
        return createWorkspace(id, WorkspaceSettings.create());
    }

    /**
     * Makes a workspace as the settings say.
     *
     * @throws io.hypha.rpc.HyphaException when the id is taken or not allowed, or the user may not.
     */
    public WorkspaceInfo createWorkspace(String id, WorkspaceSettings settings) {
        return execution.await(calls.createWorkspace(id, settings));
    }

    /** The workspaces that the user may join, without their settings; 256 at most. */
    public List<WorkspaceInfo> listWorkspaces() {
        return execution.await(calls.listWorkspaces(Collections.emptyMap(), 0, LONGEST_LIST));
    }

    /**
     * Some of the workspaces that the user may join, without their settings.
     *
     * @param match entries that a workspace must have to be listed, such as {@code persistent}.
     * @param offset how many to leave out at the start.
     * @param limit how many to list at most, 1 to 256.
     * @throws IllegalArgumentException when a number cannot be; nothing was sent.
     */
    public List<WorkspaceInfo> listWorkspaces(Map<String, ?> match, int offset, int limit) {
        return execution.await(calls.listWorkspaces(match, offset, limit));
    }

    /** Describes the workspace of this client. */
    public WorkspaceInfo getWorkspaceInfo() {
        return getWorkspaceInfo(null);
    }

    /**
     * Describes a workspace.
     *
     * @param workspace its id; {@code null} for the one of this client.
     * @throws io.hypha.rpc.HyphaException when there is none, or this client may not read it.
     */
    public WorkspaceInfo getWorkspaceInfo(String workspace) {
        return execution.await(calls.getWorkspaceInfo(workspace));
    }

    /**
     * Removes a workspace and everything in it. Only its owners and administrators can.
     *
     * @throws io.hypha.rpc.HyphaException when there is none, or the user may not.
     */
    public void deleteWorkspace(String id) {
        execution.await(calls.deleteWorkspace(id));
    }

    /** Sums up the workspace of this client. */
    public WorkspaceSummary getSummary() {
        return execution.await(calls.getSummary());
    }

    /** Asks whether the workspace of this client is ready. */
    public WorkspaceStatus checkStatus() {
        return execution.await(calls.checkStatus());
    }

    /**
     * Remembers a workspace or service for the user, in the bookmarks of the user's own workspace.
     *
     * @param id the id of the workspace, or the full id of the service.
     */
    public void bookmark(BookmarkKind kind, String id) {
        execution.await(calls.bookmark(kind, id));
    }

    /** Forgets what {@link #bookmark} remembered; one that is not there changes nothing. */
    public void unbookmark(BookmarkKind kind, String id) {
        execution.await(calls.unbookmark(kind, id));
    }

    /** Sets a variable that every client of the workspace with the right to write can read; {@code null} removes it. */
    public void setEnv(String key, String value) {
        execution.await(calls.setEnv(key, value));
    }

    /**
     * The value of a variable of the workspace.
     *
     * @throws io.hypha.rpc.RemoteException when there is none of that name; its {@code remoteType} is {@code KeyError}.
     */
    public String getEnv(String key) {
        return execution.await(calls.getEnv(key));
    }

    /** All variables of the workspace. */
    public Map<String, String> getEnv() {
        return execution.await(calls.getEnv());
    }

    /** Writes a message to the log of the workspace, as an event of the type {@code log}. */
    public void log(String message) {
        execution.await(calls.log(message));
    }

    /** Writes an event without data to the log of the workspace. */
    public void logEvent(String type) {
        logEvent(type, null);
    }

    /**
     * Writes an event to the log of the workspace. Nobody hears of it: {@link HyphaClient#emit(String, Object, String)}
     * tells other clients.
     *
     * @throws IllegalArgumentException when the type is empty or has blanks; nothing was sent.
     */
    public void logEvent(String type, Map<String, ?> data) {
        execution.await(calls.logEvent(type, data));
    }

    /** The events that this user has logged in the workspace. */
    public List<LoggedEvent> getEvents() {
        return getEvents(null);
    }

    /** The events of one type that this user has logged in the workspace. */
    public List<LoggedEvent> getEvents(String type) {
        return getEvents(type, null, null);
    }

    /**
     * The events of a time that this user has logged in the workspace; {@code null} sets no limit.
     *
     * @param startTime only those from this time on, in ISO 8601 and UTC; some servers do not support it.
     * @param endTime only those up to this time.
     */
    public List<LoggedEvent> getEvents(String type, String startTime, String endTime) {
        return execution.await(calls.getEvents(type, startTime, endTime));
    }

    /** How many events of each type this user has logged in the workspace. */
    public Map<String, Long> getEventStats() {
        return getEventStats(null, null, null);
    }

    /** How many events of each type this user has logged in a time; the parameters are those of {@code getEvents}. */
    public Map<String, Long> getEventStats(String type, String startTime, String endTime) {
        return execution.await(calls.getEventStats(type, startTime, endTime));
    }

    /**
     * A service type, {@code type} of the own workspace or {@code workspace/type}.
     *
     * @throws io.hypha.rpc.RemoteException when there is none, in the words of the server.
     */
    public ServiceType serviceType(String id) {
        return execution.await(calls.serviceType(id));
    }

    /** The service types of the workspace of this client. */
    public List<ServiceType> serviceTypes() {
        return serviceTypes(null);
    }

    /**
     * The service types of a workspace.
     *
     * @param workspace its id; {@code null} for the one of this client.
     */
    public List<ServiceType> serviceTypes(String workspace) {
        return execution.await(calls.serviceTypes(workspace));
    }

    @Override
    public String toString() {
        return "HyphaManager(" + connection.getWorkspace() + ")";
    }
}
