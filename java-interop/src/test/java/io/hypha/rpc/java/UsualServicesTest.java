package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.PermissionDeniedException;
import io.hypha.rpc.RemoteException;
import io.hypha.rpc.ServiceNotFoundException;
import io.hypha.rpc.client.ServiceType;
import io.hypha.rpc.service.ServiceInfo;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Services that many clients have under ids which everybody knows, service types, and who may call what. */
class UsualServicesTest {
    private TwoClients clients;

    @BeforeEach
    void connect() {
        clients = new TwoClients();
    }

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    @DisplayName("what a client exports is found as its app, and replaced by the next")
    void apps() throws Exception {
        String client = clients.provider.workspace() + "/" + clients.provider.clientId();
        assertThrows(ServiceNotFoundException.class, () -> clients.caller.getApp(client));
        clients.provider.export(TwoClients.open("viewer").function("f", () -> 1).build());
        assertEquals(1, clients.caller.getApp(client).call("f", Integer.class));
        clients.provider
                .async()
                .export(TwoClients.open("viewer").function("f", () -> 2).build())
                .get(30, TimeUnit.SECONDS);
        HyphaAsyncService app =
                clients.provider.async().getApp(clients.provider.clientId()).get(30, TimeUnit.SECONDS);
        assertEquals(2, app.call("f", Integer.class).get(30, TimeUnit.SECONDS));

        List<ServiceInfo> apps = clients.provider.listApps();
        assertEquals(1, apps.size());
        assertEquals("default", apps.get(0).getServiceId());
        assertEquals(1, clients.caller.listApps(clients.provider.workspace()).size());
        assertEquals(
                0,
                clients.caller
                        .async()
                        .listApps(clients.caller.workspace())
                        .get(30, TimeUnit.SECONDS)
                        .size());
    }

    @Test
    @DisplayName("probes say how a client is, to everybody")
    void probes() throws Exception {
        String id = clients.provider
                .registerProbes(HyphaProbes.create()
                        .readiness(() -> {
                            throw new IllegalStateException("the camera is off");
                        })
                        .liveness(() -> null)
                        .probe("load", () -> 0.5))
                .getId();
        assertTrue(id.endsWith(":probes"), id);
        HyphaService probes = clients.caller.getService(id);
        assertEquals("probes", probes.type());
        assertEquals(null, probes.call("liveness", Object.class));
        assertEquals(0.5, probes.call("load", Double.class));
        RemoteException failure = assertThrows(RemoteException.class, () -> probes.call("readiness", Object.class));
        assertEquals("the camera is off", failure.getRemoteMessage());

        clients.provider
                .async()
                .registerProbes(HyphaProbes.create().readiness(() -> "ready"))
                .get(30, TimeUnit.SECONDS);
        assertEquals("ready", clients.caller.getService(id).call("readiness", String.class));
        assertThrows(
                IllegalArgumentException.class,
                () -> HyphaProbes.create().liveness(() -> 1).liveness(() -> 2));
    }

    @Test
    @DisplayName("a service type keeps the members of its example")
    void serviceTypes() throws Exception {
        ServiceDefinition example = ServiceDefinition.builder("example")
                .name("Thermometer")
                .description("Says how warm it is")
                .function("read", Param.of("unit", String.class), unit -> 0.0)
                .build();
        ServiceType type = clients.provider.registerServiceType("thermometer", example);
        assertEquals("Thermometer", type.getName());
        assertTrue(type.getDefinition().containsKey("read"));
        type = clients.provider
                .async()
                .registerServiceType("thermometer-two", example)
                .get(30, TimeUnit.SECONDS);
        assertEquals("Says how warm it is", type.getDescription());
        assertThrows(IllegalArgumentException.class, () -> clients.provider.registerServiceType(" ", example));
    }

    @Test
    @DisplayName("a protected service is open to the workspaces that it names, and to no other")
    void authorizedWorkspaces() {
        ServiceDefinitionBuilder notebook = ServiceDefinition.builder("notebook")
                .authorizedWorkspaces(clients.caller.workspace())
                .function("whoCalls", Collections.emptyList(), call -> call.context()
                        .getWorkspace());
        String id = clients.provider.registerService(notebook.build()).getId();
        HyphaService seen = clients.caller.getService(id);
        assertEquals(clients.caller.workspace(), seen.call("whoCalls", String.class));
        try (HyphaClient stranger = Hypha.connect(clients.hub.getUrl())) {
            assertThrows(PermissionDeniedException.class, () -> stranger.getService(id));
        }
        clients.provider.unregisterService("notebook");
        clients.provider.registerService(
                notebook.authorizedWorkspaces("nobody-else").build());
        assertThrows(PermissionDeniedException.class, () -> clients.caller.getService(id));
        assertThrows(PermissionDeniedException.class, () -> seen.call("whoCalls", String.class));
    }

    @Test
    @DisplayName("functions announce that they use the context, which no caller can send")
    void requireContext() {
        String forAll = offerWithContext(TwoClients.open("all").requireContext());
        String forOne = offerWithContext(TwoClients.open("one").requireContext("who"));
        String me = clients.caller.workspace() + "/" + clients.caller.clientId();
        for (String id : new String[] {forAll, forOne}) {
            HyphaService service = clients.caller.getService(id);
            Kwargs forged = Kwargs.of("context", Collections.singletonMap("from", "somebody/else"));
            assertEquals(me, service.call("who", String.class, forged));
        }
        assertEquals(true, clients.caller.getService(forAll).config().get("require_context"));
        assertEquals(
                Collections.singletonList("who"),
                clients.caller.getService(forOne).config().get("require_context"));
    }

    private String offerWithContext(ServiceDefinitionBuilder builder) {
        return clients.provider
                .registerService(builder.function("who", Collections.emptyList(), call -> call.context()
                                .getFrom())
                        .build())
                .getId();
    }
}
