package io.hypha.rpc.java.shapes;

import io.hypha.rpc.client.BookmarkKind;
import io.hypha.rpc.client.ClientInfo;
import io.hypha.rpc.client.LoggedEvent;
import io.hypha.rpc.client.ServiceType;
import io.hypha.rpc.client.WorkspaceCleanup;
import io.hypha.rpc.client.WorkspaceInfo;
import io.hypha.rpc.client.WorkspaceStatus;
import io.hypha.rpc.client.WorkspaceSummary;
import io.hypha.rpc.java.HyphaAsyncManager;
import io.hypha.rpc.java.HyphaManager;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Compiled, never run: what the manager of a workspace does, in calls that return futures. */
final class AsyncManagerShapes {
    private AsyncManagerShapes() {}

    static void use(HyphaAsyncManager manager) {
        HyphaManager other = manager.blocking();
        CompletableFuture<Integer> number = manager.call("function", Integer.class, 1);
        CompletableFuture<List<Integer>> numbers = manager.call("function", CallShapes.NUMBERS, 1);
        manager.subscribe("type", "other");
        manager.unsubscribe("type", "other");
        CompletableFuture<List<ClientInfo>> clients = manager.listClients();
        CompletableFuture<List<ClientInfo>> clientsOf = manager.listClients("workspace");
        manager.ping("client");
        manager.ping("client", 1, TimeUnit.SECONDS);
        manager.ping("client", Duration.ofSeconds(1));
        manager.cleanup("workspace");
        manager.cleanup("workspace", 1, TimeUnit.SECONDS);
        CompletableFuture<WorkspaceCleanup> cleanup = manager.cleanup("workspace", Duration.ofSeconds(1));
        CompletableFuture<Map<String, String>> environment = manager.getEnv();
        CompletableFuture<String> variable = manager.getEnv("key");
        manager.setEnv("key", "value");
        manager.bookmark(BookmarkKind.Workspace, "id");
        manager.unbookmark(BookmarkKind.Workspace, "id");
    }

    static void look(HyphaAsyncManager manager) {
        CompletableFuture<WorkspaceInfo> made = manager.createWorkspace("id");
        CompletableFuture<WorkspaceInfo> madeSo = manager.createWorkspace("id", ManagerShapes.workspace());
        CompletableFuture<List<WorkspaceInfo>> all = manager.listWorkspaces();
        CompletableFuture<List<WorkspaceInfo>> some =
                manager.listWorkspaces(Collections.singletonMap("name", "x"), 0, 10);
        CompletableFuture<WorkspaceInfo> own = manager.getWorkspaceInfo();
        CompletableFuture<WorkspaceInfo> other = manager.getWorkspaceInfo("workspace");
        manager.deleteWorkspace("id");
        CompletableFuture<WorkspaceSummary> summary = manager.getSummary();
        CompletableFuture<WorkspaceStatus> status = manager.checkStatus();
        manager.log("message");
        manager.logEvent("type");
        manager.logEvent("type", Collections.singletonMap("a", 1));
        CompletableFuture<List<LoggedEvent>> events = manager.getEvents();
        CompletableFuture<List<LoggedEvent>> typed = manager.getEvents("type");
        CompletableFuture<List<LoggedEvent>> between = manager.getEvents("type", "2026-01-01", "2026-02-01");
        CompletableFuture<Map<String, Long>> counts = manager.getEventStats();
        CompletableFuture<Map<String, Long>> countsBetween = manager.getEventStats("type", "2026-01-01", "2026-02-01");
        CompletableFuture<ServiceType> type = manager.serviceType("id");
        CompletableFuture<List<ServiceType>> types = manager.serviceTypes();
        CompletableFuture<List<ServiceType>> typesOf = manager.serviceTypes("workspace");
    }
}
