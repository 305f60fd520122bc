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
import io.hypha.rpc.java.WorkspaceSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Compiled, never run: what the manager of a workspace does, in calls that wait. */
final class ManagerShapes {
    private ManagerShapes() {}

    static void use(HyphaManager manager) {
        HyphaAsyncManager other = manager.async();
        Integer number = manager.call("function", Integer.class, 1);
        List<Integer> numbers = manager.call("function", CallShapes.NUMBERS, 1);
        manager.subscribe("type", "other");
        manager.unsubscribe("type", "other");
        List<ClientInfo> clients = manager.listClients();
        List<ClientInfo> clientsOf = manager.listClients("workspace");
        manager.ping("client");
        manager.ping("client", 1, TimeUnit.SECONDS);
        manager.ping("client", Duration.ofSeconds(1));
        manager.cleanup("workspace");
        manager.cleanup("workspace", 1, TimeUnit.SECONDS);
        WorkspaceCleanup cleanup = manager.cleanup("workspace", Duration.ofSeconds(1));
        Map<String, String> environment = manager.getEnv();
        String variable = manager.getEnv("key");
        manager.setEnv("key", "value");
        manager.bookmark(BookmarkKind.Workspace, "id");
        manager.unbookmark(BookmarkKind.Workspace, "id");
    }

    static void look(HyphaManager manager) {
        WorkspaceInfo made = manager.createWorkspace("id");
        WorkspaceInfo madeSo = manager.createWorkspace("id", ManagerShapes.workspace());
        List<WorkspaceInfo> all = manager.listWorkspaces();
        List<WorkspaceInfo> some = manager.listWorkspaces(Collections.singletonMap("name", "x"), 0, 10);
        WorkspaceInfo own = manager.getWorkspaceInfo();
        WorkspaceInfo other = manager.getWorkspaceInfo("workspace");
        manager.deleteWorkspace("id");
        WorkspaceSummary summary = manager.getSummary();
        WorkspaceStatus status = manager.checkStatus();
        manager.log("message");
        manager.logEvent("type");
        manager.logEvent("type", Collections.singletonMap("a", 1));
        List<LoggedEvent> events = manager.getEvents();
        List<LoggedEvent> typed = manager.getEvents("type");
        List<LoggedEvent> between = manager.getEvents("type", "2026-01-01", "2026-02-01");
        Map<String, Long> counts = manager.getEventStats();
        Map<String, Long> countsBetween = manager.getEventStats("type", "2026-01-01", "2026-02-01");
        ServiceType type = manager.serviceType("id");
        List<ServiceType> types = manager.serviceTypes();
        List<ServiceType> typesOf = manager.serviceTypes("workspace");
    }

    static WorkspaceSettings workspace() {
        return WorkspaceSettings.create()
                .name("name")
                .description("what it is for")
                .persistent(true)
                .owners("name@example.com")
                .icon("icon")
                .overwrite()
                .config("key", 1);
    }
}
