package io.hypha.rpc.java;

import static io.hypha.rpc.java.ClientCalls.done;

import io.hypha.rpc.client.BookmarkKind;
import io.hypha.rpc.client.ClientFunctionsKt;
import io.hypha.rpc.client.ClientInfo;
import io.hypha.rpc.client.EnvironmentKt;
import io.hypha.rpc.client.EventLogKt;
import io.hypha.rpc.client.LoggedEvent;
import io.hypha.rpc.client.ServiceType;
import io.hypha.rpc.client.ServiceTypesKt;
import io.hypha.rpc.client.WorkspaceCleanup;
import io.hypha.rpc.client.WorkspaceFunctionsKt;
import io.hypha.rpc.client.WorkspaceInfo;
import io.hypha.rpc.client.WorkspaceManager;
import io.hypha.rpc.client.WorkspaceStatus;
import io.hypha.rpc.client.WorkspaceSummary;
import io.hypha.rpc.jvm.Suspending;
import io.hypha.rpc.jvm.TimedCalls;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kotlin.Unit;

/** The calls of the server's own service, for both of its views. */
final class ManagerCalls {
    private final WorkspaceManager manager;

    ManagerCalls(WorkspaceManager manager) {
        this.manager = manager;
    }

    <T> Suspending<T> call(String name, Type result, Object[] arguments) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(result, "result");
        CallArguments given = new CallArguments(arguments);
        boolean isWanted = result != Void.class && result != void.class;
        Type received = isWanted ? result : Object.class;
        Suspending<T> call = continuation ->
                manager.call(name, Values.SHAPES.<T>nullable(received), given.args(), given.kwargs(), continuation);
        return isWanted ? call : call.map(ignored -> null);
    }

    Suspending<Void> subscribe(String[] types) {
        Objects.requireNonNull(types, "types");
        return done(continuation -> manager.subscribe(types, continuation));
    }

    Suspending<Void> unsubscribe(String[] types) {
        Objects.requireNonNull(types, "types");
        return done(continuation -> manager.unsubscribe(types, continuation));
    }

    Suspending<List<ClientInfo>> listClients(String workspace) {
        return continuation -> ClientFunctionsKt.listClients(manager, workspace, continuation);
    }

    Suspending<Void> ping(String client, Long nanoseconds) {
        Objects.requireNonNull(client, "client");
        return done(continuation -> TimedCalls.ping(manager, client, nanoseconds, continuation));
    }

    Suspending<WorkspaceCleanup> cleanup(String workspace, Long nanoseconds) {
        return continuation -> TimedCalls.cleanup(manager, workspace, nanoseconds, continuation);
    }

    Suspending<WorkspaceInfo> createWorkspace(String id, WorkspaceSettings settings) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(settings, "settings");
        return continuation -> WorkspaceFunctionsKt.createWorkspace(
                manager,
                id,
                builder -> {
                    settings.applyTo(builder);
                    return Unit.INSTANCE;
                },
                continuation);
    }

    Suspending<List<WorkspaceInfo>> listWorkspaces(Map<String, ?> match, int offset, int limit) {
        Objects.requireNonNull(match, "match");
        return continuation -> WorkspaceFunctionsKt.listWorkspaces(manager, match, offset, limit, continuation);
    }

    Suspending<WorkspaceInfo> getWorkspaceInfo(String workspace) {
        return continuation -> WorkspaceFunctionsKt.getWorkspaceInfo(manager, workspace, continuation);
    }

    Suspending<Void> deleteWorkspace(String id) {
        Objects.requireNonNull(id, "id");
        return done(continuation -> WorkspaceFunctionsKt.deleteWorkspace(manager, id, continuation));
    }

    Suspending<WorkspaceSummary> getSummary() {
        return continuation -> WorkspaceFunctionsKt.getSummary(manager, continuation);
    }

    Suspending<WorkspaceStatus> checkStatus() {
        return continuation -> WorkspaceFunctionsKt.checkStatus(manager, continuation);
    }

    Suspending<Void> bookmark(BookmarkKind kind, String id) {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
        return done(continuation -> WorkspaceFunctionsKt.bookmark(manager, kind, id, continuation));
    }

    Suspending<Void> unbookmark(BookmarkKind kind, String id) {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
        return done(continuation -> WorkspaceFunctionsKt.unbookmark(manager, kind, id, continuation));
    }

    Suspending<Void> setEnv(String key, String value) {
        Objects.requireNonNull(key, "key");
        return done(continuation -> EnvironmentKt.setEnv(manager, key, value, continuation));
    }

    Suspending<String> getEnv(String key) {
        Objects.requireNonNull(key, "key");
        return continuation -> EnvironmentKt.getEnv(manager, key, continuation);
    }

    Suspending<Map<String, String>> getEnv() {
        return continuation -> EnvironmentKt.getEnv(manager, continuation);
    }

    Suspending<Void> log(String message) {
        Objects.requireNonNull(message, "message");
        return done(continuation -> EventLogKt.log(manager, message, continuation));
    }

    Suspending<Void> logEvent(String type, Map<String, ?> data) {
        Objects.requireNonNull(type, "type");
        return done(continuation -> EventLogKt.logEvent(manager, type, data, continuation));
    }

    Suspending<List<LoggedEvent>> getEvents(String type, String startTime, String endTime) {
        return continuation -> EventLogKt.getEvents(manager, type, startTime, endTime, continuation);
    }

    Suspending<Map<String, Long>> getEventStats(String type, String startTime, String endTime) {
        return continuation -> EventLogKt.getEventStats(manager, type, startTime, endTime, continuation);
    }

    Suspending<ServiceType> serviceType(String id) {
        Objects.requireNonNull(id, "id");
        return continuation -> ServiceTypesKt.serviceType(manager, id, continuation);
    }

    Suspending<List<ServiceType>> serviceTypes(String workspace) {
        return continuation -> ServiceTypesKt.serviceTypes(manager, workspace, continuation);
    }
}
