package io.hypha.rpc.java.shapes;

import io.hypha.rpc.call.SessionStatistics;
import io.hypha.rpc.call.UserInfo;
import io.hypha.rpc.client.HyphaEvent;
import io.hypha.rpc.client.ServiceType;
import io.hypha.rpc.java.ConnectionDetails;
import io.hypha.rpc.java.ConnectionStatus;
import io.hypha.rpc.java.EventStream;
import io.hypha.rpc.java.HyphaAsyncClient;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaManager;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.ListenerHandle;
import io.hypha.rpc.java.LookupSettings;
import io.hypha.rpc.java.RegisterOption;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.service.ServiceInfo;
import io.hypha.rpc.service.ServicePage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Compiled, never run: what a client does whose calls wait. */
final class ClientShapes {
    private static final ServiceInfo INFO = null;
    private static final LookupSettings LOOKUP = FindShapes.lookup();

    private ClientShapes() {}

    static void use(HyphaClient client, ServiceDefinition definition) {
        HyphaAsyncClient other = client.async();
        ServiceInfo info = client.registerService(definition, RegisterOption.OVERWRITE, RegisterOption.CHECK_TYPE);
        ServiceInfo exported = client.export(definition);
        ServiceType type = client.registerServiceType("type", definition);
        ServiceInfo probes = client.registerProbes(OfferShapes.probes());
        client.unregisterService("service");
        client.unregisterService(INFO);
        HyphaService service = client.getService("service");
        HyphaService chosen = client.getService("service", LOOKUP);
        HyphaService ofClient = client.getServiceOf("client", "service");
        HyphaService chosenOfClient = client.getServiceOf("client", "service", LOOKUP);
        ServiceInfo found = client.getServiceInfo("service");
        ServiceInfo foundSo = client.getServiceInfo("service", FindShapes.info());
        List<ServiceInfo> own = client.listServices();
        List<ServiceInfo> matching = client.listServices("workspace/*:*");
        List<ServiceInfo> queried = client.listServices(FindShapes.query());
        ServicePage page = client.searchServices("cells");
        ServicePage pageSo = client.searchServices("cells", FindShapes.search());
        HyphaService app = client.getApp("client");
        List<ServiceInfo> apps = client.listApps();
        List<ServiceInfo> appsOf = client.listApps("workspace");
    }

    static void talk(HyphaClient client) {
        Object back = client.echo(1);
        Integer number = client.echo(1, Integer.class);
        List<Integer> numbers = client.echo(Arrays.asList(1, 2), CallShapes.NUMBERS);
        client.ping("client");
        client.ping("client", 1, TimeUnit.SECONDS);
        client.ping("client", Duration.ofSeconds(1));
        client.emit("type", 1);
        client.emit("type", 1, "client");
        client.emit("type", 1, "client", Collections.singletonMap("more", 2));
        ListenerHandle subscription = client.subscribe("type", event -> System.out.println(event.getType()));
        HyphaEvent first = client.waitFor("type", 1, TimeUnit.SECONDS);
        HyphaEvent second = client.waitFor("type", Duration.ofSeconds(1));
        HyphaEvent third = client.waitFor(FindShapes.match(), 1, TimeUnit.SECONDS);
        HyphaEvent fourth = client.waitFor(FindShapes.match(), Duration.ofSeconds(1));
        EventStream events = client.events("type");
        EventStream matching = client.events(FindShapes.match());
        String token = client.generateToken(LoginShapes.token());
        UserInfo user = client.parseToken("token");
        client.revokeToken("token");
        client.serve();
        client.awaitClosed();
        client.close();
    }

    static void look(HyphaClient client, ServiceDefinition definition) {
        HyphaManager manager = client.manager();
        String name = client.workspace() + "/" + client.clientId();
        UserInfo user = client.user();
        ConnectionDetails info = client.info();
        String details = info.workspace() + info.clientId() + info.managerId() + info.serverVersion();
        String addresses = info.publicBaseUrl() + info.localBaseUrl() + info.announcement();
        double rates = info.messageRate() + info.messageBurst();
        Map<String, Object> entries = info.entries();
        ConnectionStatus state = client.state();
        SessionStatistics statistics = client.statistics();
        long paced = statistics.getQueuedMessages() + statistics.getPacedMillis();
        List<ServiceInfo> services = client.services();
        List<String> missing = client.missingServices();
        Map<String, Object> schema = client.getServiceSchema(definition);
    }

    static void listen(HyphaClient client) {
        ListenerHandle states = client.onStateChange(state -> System.out.println(state));
        ListenerHandle every = client.on("type", event -> System.out.println(event.getData()));
        ListenerHandle once = client.once("type", event -> System.out.println(event.getData()));
        client.off("type");
        client.off();
        try (EventStream events = client.events("type")) {
            Iterator<HyphaEvent> same = events.iterator();
            HyphaEvent next = events.hasNext() ? events.next() : null;
        }
        every.close();
        client.forceReconnect();
    }
}
