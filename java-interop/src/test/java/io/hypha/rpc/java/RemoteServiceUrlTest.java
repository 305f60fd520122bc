package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hypha.rpc.ServiceNotFoundException;
import io.hypha.rpc.ktor.ServiceUrl;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RemoteServiceUrlTest {
    @Test
    @DisplayName("a service is called by its address, and closing it closes its connection")
    void service() throws Exception {
        try (RootHub hub = new RootHub();
                HyphaClient provider = hub.root().clientId("spade").connect()) {
            provider.registerService(
                    TwoClients.open("digger").function("dig", () -> "dug").build());
            String url = hub.url() + "/garden/services/spade:digger";
            try (HyphaService digger = Hypha.getRemoteService(url)) {
                assertEquals("dug", digger.call("dig", String.class));
            }
            try (HyphaAsyncService digger = Hypha.builder(url)
                    .token(RootHub.TOKEN)
                    .workspace("garden")
                    .clientId("visitor")
                    .getRemoteServiceAsync()
                    .get()) {
                assertEquals("dug", digger.call("dig", String.class).get());
                provider.manager().ping("visitor");
            }
            while (provider.manager().listClients().size() > 1) {
                Thread.onSpinWait();
            }
            String nothing = hub.url() + "/garden/services/spade:none";
            assertThrows(ServiceNotFoundException.class, () -> Hypha.getRemoteService(nothing));
        }
    }

    @Test
    @DisplayName("the address of a service has parts")
    void parts() {
        ServiceUrl url = Hypha.parseServiceUrl("https://example.org/hypha/garden/services/spade:digger@shed?x=1");
        assertEquals("https://example.org/hypha", url.getServerUrl());
        assertEquals("garden/spade:digger@shed", url.getId());
        assertThrows(IllegalArgumentException.class, () -> Hypha.parseServiceUrl("https://example.org/garden"));
    }
}
