package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.HyphaException;
import io.hypha.rpc.MethodNotFoundException;
import io.hypha.rpc.PeerGoneException;
import io.hypha.rpc.ServiceNotFoundException;
import io.hypha.rpc.service.CaseConversion;
import io.hypha.rpc.service.SelectionCriterion;
import io.hypha.rpc.service.SelectionMode;
import io.hypha.rpc.service.ServiceInfo;
import io.hypha.rpc.service.ServicePage;
import io.hypha.rpc.service.Visibility;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LookupTest {
    private RootHub hub;
    private HyphaClient one;
    private HyphaClient two;
    private HyphaClient caller;

    @BeforeEach
    void connect() {
        hub = new RootHub();
        one = hub.root().clientId("one").connect();
        two = hub.root().clientId("two").connect();
        caller = hub.root().clientId("caller").connect();
        one.registerService(sized(1));
        two.registerService(sized(2));
    }

    @AfterEach
    void close() {
        caller.close();
        two.close();
        one.close();
        hub.close();
    }

    private static ServiceDefinition sized(int size) {
        return TwoClients.open("sized")
                .type("measure")
                .description("Says how large it is")
                .function("get_size", () -> size)
                .build();
    }

    private String found(SelectionMode mode) {
        HyphaService service =
                caller.getService("*:sized", LookupSettings.create().mode(mode));
        assertEquals(service.id().contains("/one:") ? 1 : 2, service.call("get_size", Integer.class));
        return service.id();
    }

    @Test
    @DisplayName("every mode chooses as it says")
    void modes() {
        assertEquals("garden/one:sized", found(SelectionMode.First));
        assertEquals("garden/two:sized", found(SelectionMode.Last));
        assertEquals("garden/one:sized", found(SelectionMode.select("get_size")));
        assertEquals("garden/two:sized", found(SelectionMode.select("get_size", SelectionCriterion.Max)));
        Set<String> both = new HashSet<>(Arrays.asList("garden/one:sized", "garden/two:sized"));
        for (SelectionMode any : Arrays.asList(
                SelectionMode.Random,
                SelectionMode.NativeRandom,
                SelectionMode.select("get_size", SelectionCriterion.FirstSuccess))) {
            assertTrue(both.contains(found(any)), any::toString);
        }
        assertThrows(HyphaException.class, () -> found(SelectionMode.Exact));
        LookupSettings exact = LookupSettings.create().mode(SelectionMode.Exact);
        assertEquals("garden/one:sized", caller.getService("one:sized", exact).id());
        // Clients let themselves be measured by the id that they choose.
        try (HyphaClient measured = hub.root().clientId("m__rlb").connect()) {
            measured.registerService(sized(3));
            LookupSettings idle = LookupSettings.create().mode(SelectionMode.MinLoad);
            assertTrue(caller.getService("*:sized", idle).id().endsWith(":sized"));
        }
    }

    @Test
    @DisplayName("a look-up has its own timeouts, names and way to follow")
    void settings() throws Exception {
        LookupSettings settings = LookupSettings.create()
                .mode(SelectionMode.select("get_size"))
                .selectTimeout(1, TimeUnit.SECONDS)
                .selectTimeout(Duration.ofSeconds(5))
                .timeout(Duration.ofSeconds(1))
                .timeout(20, TimeUnit.SECONDS)
                .caseConversion(CaseConversion.Camel)
                .follow(false);
        HyphaAsyncService service =
                caller.async().getService("*:sized", settings).get();
        assertEquals(1, service.call("getSize", Integer.class).get());
        assertThrows(IllegalArgumentException.class, () -> settings.timeout(0, TimeUnit.SECONDS));
        one.close();
        one.awaitClosed();
        while (caller.listServices("one:*").size() > 0) {
            Thread.onSpinWait();
        }
        assertThrows(PeerGoneException.class, () -> service.blocking().call("getSize", Integer.class));
    }

    @Test
    @DisplayName("a client can be asked for its service itself, with nothing to choose from")
    void serviceOf() throws Exception {
        assertEquals(2, caller.getServiceOf("two", "sized").call("get_size", Integer.class));
        LookupSettings camel =
                LookupSettings.create().caseConversion(CaseConversion.Camel).timeout(9, TimeUnit.SECONDS);
        HyphaAsyncService service =
                caller.async().getServiceOf("garden/two", "sized", camel).get();
        assertEquals(2, service.call("getSize", Integer.class).get());
        LookupSettings choosing = LookupSettings.create().mode(SelectionMode.First);
        assertThrows(IllegalArgumentException.class, () -> caller.getServiceOf("two", "sized", choosing));
        assertThrows(ServiceNotFoundException.class, () -> caller.getServiceOf("two", "none"));
    }

    @Test
    @DisplayName("what the server knows of a service is told without its provider")
    void info() throws Exception {
        ServiceInfo info = caller.getServiceInfo("one:sized");
        assertEquals(
                Arrays.asList("garden", "one", "sized"),
                Arrays.asList(info.getWorkspace(), info.getClientId(), info.getServiceId()));
        assertTrue(info.getServiceSchema().containsKey("get_size"));
        InfoSettings last = InfoSettings.create()
                .mode(SelectionMode.Last)
                .selectTimeout(3, TimeUnit.SECONDS)
                .selectTimeout(Duration.ofSeconds(3))
                .readAppManifest(false);
        assertEquals("two", caller.getServiceInfo("*:sized", last).getClientId());
        assertEquals("two", caller.async().getServiceInfo("*:sized", last).get().getClientId());
        assertThrows(ServiceNotFoundException.class, () -> caller.getServiceInfo("none"));
    }

    @Test
    @DisplayName("services are listed by text and by query, and withdrawn")
    void listing() throws Exception {
        one.registerService(ServiceDefinition.builder("hidden")
                .visibility(Visibility.Unlisted)
                .build());
        assertEquals(Arrays.asList("garden/one:sized", "garden/two:sized"), ids(caller.listServices("*:sized")));
        ServiceQuery measures = ServiceQuery.create()
                .workspace("garden")
                .type("measure")
                .clientId("o*")
                .serviceId("sized")
                .visibility(Visibility.Public)
                .appId("*")
                .includeAppServices()
                .prioritizeRunning();
        assertEquals(Collections.singletonList("garden/one:sized"), ids(caller.listServices(measures)));
        ServiceQuery hidden = ServiceQuery.create().serviceId("hidden");
        assertEquals(Collections.emptyList(), ids(caller.listServices(hidden)));
        assertEquals(
                Collections.singletonList("garden/one:hidden"), ids(caller.listServices(hidden.includeUnlisted())));
        assertThrows(IllegalArgumentException.class, () -> caller.listServices(hidden.type("no pattern!")));
        assertTrue(ids(caller.async().listServices().get()).contains("garden/two:sized"));

        one.unregisterService("hidden");
        ServiceInfo mine = two.services().stream()
                .filter(service -> service.getServiceId().equals("sized"))
                .findAny()
                .get();
        two.async().unregisterService(mine).get();
        assertEquals(Collections.singletonList("garden/one:sized"), ids(caller.listServices("*:sized")));
        assertThrows(ServiceNotFoundException.class, () -> two.unregisterService("sized"));
    }

    @Test
    @DisplayName("services are searched by what they are about, page by page")
    void search() throws Exception {
        assertEquals(2, caller.searchServices("large").getItems().size());
        SearchSettings second = SearchSettings.create()
                .filters(Collections.singletonMap("type", "measure"))
                .limit(1)
                .offset(1)
                .orderBy("id");
        ServicePage page = caller.async().searchServices("large", second).get();
        assertEquals(Collections.singletonList("garden/two:sized"), ids(page.getItems()));
        assertEquals(2L, page.getTotal());
        ServiceInfo bare = caller.searchServices(null, second.returnFields("id").includeUnlisted())
                .getItems()
                .get(0);
        assertFalse(bare.getEntries().containsKey("description"));
        assertThrows(IllegalArgumentException.class, () -> caller.searchServices("x", second.limit(0)));
    }

    @Test
    @DisplayName("a service of a type is checked when it is registered")
    void checkedType() {
        ServiceDefinition full = TwoClients.open("typed")
                .type("sizer")
                .function("get_size", () -> 1)
                .build();
        Map<String, Object> schema = caller.getServiceSchema(full);
        Map<String, Object> type = new LinkedHashMap<>();
        type.put("id", "sizer");
        type.put("name", "Sizer");
        type.put("definition", schema);
        caller.manager().call("register_service_type", Void.class, type);
        caller.registerService(full, RegisterOption.CHECK_TYPE);
        ServiceDefinition empty = TwoClients.open("typed").type("sizer").build();
        assertThrows(
                IllegalArgumentException.class,
                () -> caller.registerService(empty, RegisterOption.OVERWRITE, RegisterOption.CHECK_TYPE));
        assertThrows(IllegalArgumentException.class, () -> caller.registerService(empty));
        caller.registerService(empty, RegisterOption.OVERWRITE);
        assertThrows(
                MethodNotFoundException.class, () -> caller.getService("typed").function("get_size"));
        assertEquals("Sizer", caller.manager().serviceType("sizer").getName());
        assertEquals(1, caller.manager().serviceTypes().size());
    }

    private static List<String> ids(List<ServiceInfo> services) {
        return services.stream().map(ServiceInfo::getId).sorted().collect(Collectors.toList());
    }
}
