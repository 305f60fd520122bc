package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.HyphaException;
import io.hypha.rpc.PeerGoneException;
import io.hypha.rpc.PermissionDeniedException;
import io.hypha.rpc.RemoteException;
import io.hypha.rpc.call.UserInfo;
import io.hypha.rpc.call.WorkspacePermission;
import io.hypha.rpc.client.BookmarkKind;
import io.hypha.rpc.client.ClientInfo;
import io.hypha.rpc.client.LoggedEvent;
import io.hypha.rpc.client.WorkspaceInfo;
import io.hypha.rpc.client.WorkspaceSummary;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ManagerTest {
    private RootHub hub;
    private HyphaClient client;
    private HyphaManager manager;
    private HyphaAsyncManager later;

    @BeforeEach
    void connect() {
        hub = new RootHub();
        client = hub.root().clientId("spade").connect();
        manager = client.manager();
        later = client.async().manager();
    }

    @AfterEach
    void close() {
        client.close();
        hub.close();
    }

    @Test
    @DisplayName("tokens are made, looked at and revoked")
    void tokens() throws Exception {
        TokenSettings settings = TokenSettings.create()
                .workspace("garden")
                .permission(WorkspacePermission.Read)
                .expiresIn(1, TimeUnit.HOURS)
                .expiresIn(Duration.ofHours(2))
                .clientId("guest")
                .extraScopes("weeding")
                .email("guest@example.org");
        String token = client.generateToken(settings);
        try (HyphaClient guest = Hypha.builder(hub.url())
                .token(token)
                .workspace("garden")
                .clientId("guest")
                .connect()) {
            assertEquals("root", guest.user().getParent());
            assertThrows(PermissionDeniedException.class, () -> guest.generateToken(TokenSettings.create()));
        }
        UserInfo user = client.async().parseToken(token).get();
        assertEquals(WorkspacePermission.Read, user.getScope().permissionIn("garden"));
        assertEquals(Collections.singletonList("weeding"), user.getScope().getExtraScopes());
        assertEquals("guest@example.org", user.getEmail());
        client.async().revokeToken(token).get();
        assertThrows(RemoteException.class, () -> client.parseToken(token));
        TokenSettings endless = settings.expiresIn(1, TimeUnit.MILLISECONDS);
        assertThrows(IllegalArgumentException.class, () -> client.generateToken(endless));
    }

    @Test
    @DisplayName("workspaces are made, listed, described and deleted")
    void workspaces() throws Exception {
        WorkspaceInfo made = manager.createWorkspace(
                "green-house",
                WorkspaceSettings.create()
                        .name("Greenhouse")
                        .description("Where it is warm")
                        .persistent(true)
                        .owners("ann")
                        .icon("🌱")
                        .config("panes", 12));
        assertEquals("Greenhouse", made.getName());
        assertThrows(HyphaException.class, () -> manager.createWorkspace("green-house"));
        later.createWorkspace(
                        "green-house", WorkspaceSettings.create().overwrite().persistent(true))
                .get();
        assertTrue(names(manager.listWorkspaces()).contains("green-house"));
        Map<String, Object> match = Collections.singletonMap("persistent", true);
        assertEquals(1, later.listWorkspaces(match, 0, 1).get().size());
        assertThrows(IllegalArgumentException.class, () -> manager.listWorkspaces(match, 0, 0));
        assertEquals("garden", manager.getWorkspaceInfo().getId());
        assertTrue(manager.getWorkspaceInfo("green-house").isPersistent());
        later.deleteWorkspace("green-house").get();
        assertFalse(names(manager.listWorkspaces()).contains("green-house"));
        assertTrue(manager.checkStatus().isReady());
        WorkspaceSummary summary = later.getSummary().get();
        assertEquals(Collections.singletonList("garden/spade"), summary.getClients());
    }

    @Test
    @DisplayName("clients are listed, pinged and cleaned up")
    void clients() throws Exception {
        List<ClientInfo> clients = manager.listClients();
        assertEquals("spade", clients.get(0).getClientId());
        assertEquals(1, later.listClients("garden").get().size());
        manager.ping("spade");
        later.ping("garden/spade", Duration.ofSeconds(5)).get();
        assertThrows(PeerGoneException.class, () -> manager.ping("nobody", 1, TimeUnit.SECONDS));
        assertEquals(Collections.emptyList(), manager.cleanup(null).getRemovedClients());
        assertEquals(
                Collections.emptyList(),
                later.cleanup("garden", 5, TimeUnit.SECONDS).get().getRemovedClients());
        assertEquals(
                Collections.emptyList(),
                manager.cleanup("garden", Duration.ofSeconds(5)).getRemovedClients());
        client.ping("spade");
        client.ping("spade", 5, TimeUnit.SECONDS);
        client.async().ping("garden/spade", Duration.ofSeconds(5)).get();
        assertThrows(PeerGoneException.class, () -> client.ping("nobody"));
    }

    @Test
    @DisplayName("variables are set, read and removed")
    void environment() throws Exception {
        manager.setEnv("SOIL", "wet");
        later.setEnv("SUN", "high").get();
        assertEquals("wet", manager.getEnv("SOIL"));
        assertEquals("high", later.getEnv().get().get("SUN"));
        manager.setEnv("SOIL", null);
        RemoteException none = assertThrows(RemoteException.class, () -> manager.getEnv("SOIL"));
        assertEquals("KeyError", none.getRemoteType());
    }

    @Test
    @DisplayName("the log of the workspace keeps events, and counts them")
    void log() throws Exception {
        manager.log("dug");
        manager.logEvent("planted");
        later.logEvent("planted", Collections.singletonMap("what", "beans")).get();
        assertEquals(3, manager.getEvents().size());
        List<LoggedEvent> planted = later.getEvents("planted").get();
        assertEquals(Collections.singletonMap("what", "beans"), planted.get(1).getData());
        assertEquals(2L, manager.getEventStats().get("planted"));
        assertEquals(
                Collections.singletonMap("log", 1L),
                later.getEventStats("log", null, null).get());
        assertThrows(IllegalArgumentException.class, () -> manager.logEvent("a b"));
    }

    @Test
    @DisplayName("bookmarks are kept for the user")
    void bookmarks() throws Exception {
        try (HyphaClient ann =
                Hypha.builder(hub.url()).token(hub.hub.createToken("ann")).connect()) {
            ann.manager().bookmark(BookmarkKind.Workspace, ann.workspace());
            assertEquals(
                    ann.workspace(),
                    ann.manager().getWorkspaceInfo().getBookmarks().get(0).getId());
            ann.async()
                    .manager()
                    .unbookmark(BookmarkKind.Workspace, ann.workspace())
                    .get();
            assertEquals(
                    Collections.emptyList(), ann.manager().getWorkspaceInfo().getBookmarks());
        }
    }

    @Test
    @DisplayName("subscriptions by hand last until they are taken back")
    void subscriptions() throws Exception {
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        client.on("news", event -> heard.add(event.getData()));
        manager.subscribe("news", "more");
        try (HyphaClient other = hub.root().connect()) {
            other.emit("news", 1, "*");
            assertEquals(1L, heard.take());
        }
        later.unsubscribe("news").get();
        assertThrows(IllegalArgumentException.class, () -> manager.subscribe(""));
    }

    @Test
    @DisplayName("every other function is called by its name, with arguments by place and by name")
    void anyFunction() throws Exception {
        assertEquals("hi", manager.call("echo", String.class, "hi"));
        List<Integer> numbers = later.call("echo", new TypeRef<List<Integer>>() {}, Collections.singletonList(1))
                .get();
        assertEquals(Collections.singletonList(1), numbers);
        TypeRef<List<Map<String, Object>>> rows = new TypeRef<List<Map<String, Object>>>() {};
        assertEquals(
                1,
                manager.call("list_clients", rows, Kwargs.of("workspace", "garden"))
                        .size());
        assertEquals(null, manager.call("log", Void.class, "done"));
        ExecutionException none = assertThrows(ExecutionException.class, () -> later.call("no_such", Void.class)
                .get());
        assertInstanceOf(HyphaException.class, none.getCause());
    }

    private static List<String> names(List<WorkspaceInfo> workspaces) {
        return workspaces.stream().map(WorkspaceInfo::getId).collect(Collectors.toList());
    }
}
