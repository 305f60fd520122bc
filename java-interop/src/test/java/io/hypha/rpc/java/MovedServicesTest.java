package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hypha.rpc.hub.HubOptions;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.service.ServiceInfo;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MovedServicesTest {
    private static final String TOKEN = "a-root-token-that-is-for-this-test-only";

    @Test
    @Timeout(30)
    @DisplayName("a service and a function taken from it are found again after their provider has restarted")
    void movedService() {
        HubOptions.Builder options = new HubOptions.Builder();
        options.setRootToken(TOKEN);
        try (HyphaHub hub = HyphaHub.start(options.build());
                HyphaClient caller = connect(hub)) {
            HyphaService adder;
            HyphaFunction add;
            try (HyphaClient first = connect(hub)) {
                first.registerService(adder(1));
                adder = caller.getService("adder");
                add = adder.function("add");
                assertEquals(2, adder.call("add", Integer.class, 1));
                assertEquals(2, add.call(Integer.class, 1));
            }
            // Each look at the list is a round trip; the hub forgets the services of a client with the client itself.
            while (caller.listServices().stream()
                    .anyMatch(service -> service.getId().endsWith(":adder"))) {
                Thread.onSpinWait();
            }
            try (HyphaClient second = connect(hub)) {
                second.registerService(adder(10));
                assertEquals(11, add.call(Integer.class, 1));
                assertEquals(11, adder.call("add", Integer.class, 1));
            }
        }
    }

    @Test
    @DisplayName("the schema of a function has the types of its parameters, and requires those without a default")
    void schema() {
        try (TwoClients clients = new TwoClients()) {
            ServiceInfo info = clients.provider.registerService(adder(1));
            Map<?, ?> member = (Map<?, ?>) info.getServiceSchema().get("add");
            Map<?, ?> parameters = (Map<?, ?>) ((Map<?, ?>) member.get("function")).get("parameters");
            assertEquals(Collections.singletonList("a"), parameters.get("required"));
            Map<?, ?> a = (Map<?, ?>) ((Map<?, ?>) parameters.get("properties")).get("a");
            assertEquals("integer", a.get("type"));
        }
    }

    private static HyphaClient connect(HyphaHub hub) {
        return Hypha.builder(hub.getUrl()).token(TOKEN).connect();
    }

    private static ServiceDefinition adder(int by) {
        return TwoClients.open("adder")
                .function("add", Param.of("a", Integer.class), Param.optional("b", Integer.class, by), (a, b) -> a + b)
                .build();
    }
}
