package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.AuthenticationException;
import io.hypha.rpc.call.WorkspacePermission;
import io.hypha.rpc.hub.HubOptions;
import io.hypha.rpc.hub.HubOptionsBuilder;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.hub.LoginProvider;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HubTest {
    private static final String SECRET = "a-secret-that-is-for-this-test-only";

    @Test
    @DisplayName("a hub is started with every option")
    void options() {
        HubOptionsBuilder builder = HubOptions.builder()
                .host("127.0.0.1")
                .port(0)
                .publicUrl("http://localhost:1234/")
                .jwtSecret(SECRET)
                .rootToken(SECRET)
                .messageRate(1000)
                .messageBurst(2000)
                .maxFrameBytes(1 << 20)
                .maxQueuedBytes(1 << 24)
                .eventLoops(1)
                .login(LoginProvider.withoutPassword())
                .idleTimeout(Long.MAX_VALUE, TimeUnit.SECONDS)
                .idleTimeout(Duration.ofMinutes(1))
                .reconnectDelay(0, TimeUnit.SECONDS)
                .reconnectDelay(Duration.ZERO)
                .reconnectionTokenLife(1, TimeUnit.HOURS)
                .reconnectionTokenLife(Duration.ofHours(1))
                .workspaceGrace(1, TimeUnit.MINUTES)
                .workspaceGrace(Duration.ofMinutes(1))
                .loginTime(2, TimeUnit.MINUTES)
                .loginTime(Duration.ofMinutes(2));
        assertEquals("HubOptionsBuilder", builder.toString());
        try (HyphaHub hub = HyphaHub.start(builder.build());
                HyphaClient client =
                        Hypha.builder("http://127.0.0.1:" + hub.getPort()).connect()) {
            assertEquals("http://localhost:1234", client.info().publicBaseUrl());
            assertEquals(1000.0, client.info().messageRate());
            assertEquals(2000.0, client.info().messageBurst());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> HubOptions.builder().port(70_000).build());
    }

    @Test
    @DisplayName("tokens are made for users, workspaces and clients, for a time")
    void tokens() {
        try (HyphaHub hub = HyphaHub.start()) {
            hub.createWorkspace("garden");
            hub.createWorkspace("shed", Collections.singletonList("ann"));
            assertEquals("ws-user-ann", workspaceOf(hub, hub.createToken("ann")));
            assertEquals("garden", workspaceOf(hub, hub.createToken("bob", "garden", WorkspacePermission.Read)));
            String spade = hub.createToken("bob", "garden", WorkspacePermission.ReadWrite, "spade", 1, TimeUnit.HOURS);
            assertThrows(AuthenticationException.class, () -> workspaceOf(hub, spade));
            String rake = hub.createToken("bob", "garden", WorkspacePermission.ReadWrite, "rake", Duration.ofHours(1));
            try (HyphaClient client =
                    Hypha.builder(hub.getUrl()).token(rake).clientId("rake").connect()) {
                assertEquals("garden/rake", client.workspace() + "/" + client.clientId());
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> hub.createToken("bob", null, WorkspacePermission.Read, null, 1, TimeUnit.MILLISECONDS));
        }
    }

    @Test
    @DisplayName("a port that is in use is an exception that Java can catch, and says which")
    void portInUse() {
        try (HyphaHub hub = HyphaHub.start()) {
            HubOptions taken = HubOptions.builder().port(hub.getPort()).build();
            UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> HyphaHub.start(taken));
            assertTrue(failure.getMessage().contains(":" + hub.getPort()), failure::getMessage);
        }
    }

    private static String workspaceOf(HyphaHub hub, String token) {
        try (HyphaClient client = Hypha.builder(hub.getUrl()).token(token).connect()) {
            return client.workspace();
        }
    }
}
