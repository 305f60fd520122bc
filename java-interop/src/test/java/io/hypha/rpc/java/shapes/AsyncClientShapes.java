package io.hypha.rpc.java.shapes;

import io.hypha.rpc.call.UserInfo;
import io.hypha.rpc.client.HyphaEvent;
import io.hypha.rpc.client.ServiceType;
import io.hypha.rpc.java.AsyncEventStream;
import io.hypha.rpc.java.HyphaAsyncClient;
import io.hypha.rpc.java.HyphaAsyncManager;
import io.hypha.rpc.java.HyphaAsyncService;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.ListenerHandle;
import io.hypha.rpc.java.LookupSettings;
import io.hypha.rpc.java.RegisterOption;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.service.ServiceInfo;
import io.hypha.rpc.service.ServicePage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Compiled, never run: what a client does whose calls return futures. */
final class AsyncClientShapes {
    private static final ServiceInfo INFO = null;
    private static final LookupSettings LOOKUP = FindShapes.lookup();

    private AsyncClientShapes() {}

    static void use(HyphaAsyncClient client, ServiceDefinition definition) {
        HyphaClient other = client.blocking();
        CompletableFuture<ServiceInfo> info =
                client.registerService(definition, RegisterOption.OVERWRITE, RegisterOption.CHECK_TYPE);
        CompletableFuture<ServiceInfo> exported = client.export(definition);
        CompletableFuture<ServiceType> type = client.registerServiceType("type", definition);
        CompletableFuture<ServiceInfo> probes = client.registerProbes(OfferShapes.probes());
        client.unregisterService("service");
        client.unregisterService(INFO);
        CompletableFuture<HyphaAsyncService> service = client.getService("service");
        CompletableFuture<HyphaAsyncService> chosen = client.getService("service", LOOKUP);
        CompletableFuture<HyphaAsyncService> ofClient = client.getServiceOf("client", "service");
        CompletableFuture<HyphaAsyncService> chosenOfClient = client.getServiceOf("client", "service", LOOKUP);
        CompletableFuture<ServiceInfo> found = client.getServiceInfo("service");
        CompletableFuture<ServiceInfo> foundSo = client.getServiceInfo("service", FindShapes.info());
        CompletableFuture<List<ServiceInfo>> own = client.listServices();
        CompletableFuture<List<ServiceInfo>> matching = client.listServices("workspace/*:*");
        CompletableFuture<List<ServiceInfo>> queried = client.listServices(FindShapes.query());
        CompletableFuture<ServicePage> page = client.searchServices("cells");
        CompletableFuture<ServicePage> pageSo = client.searchServices("cells", FindShapes.search());
        CompletableFuture<HyphaAsyncService> app = client.getApp("client");
        CompletableFuture<List<ServiceInfo>> apps = client.listApps();
        CompletableFuture<List<ServiceInfo>> appsOf = client.listApps("workspace");
    }

    static void talk(HyphaAsyncClient client) {
        CompletableFuture<Object> back = client.echo(1);
        CompletableFuture<Integer> number = client.echo(1, Integer.class);
        CompletableFuture<List<Integer>> numbers = client.echo(Arrays.asList(1, 2), CallShapes.NUMBERS);
        client.ping("client");
        client.ping("client", 1, TimeUnit.SECONDS);
        client.ping("client", Duration.ofSeconds(1));
        client.emit("type", 1);
        client.emit("type", 1, "client");
        client.emit("type", 1, "client", Collections.singletonMap("more", 2));
        CompletableFuture<ListenerHandle> subscription =
                client.subscribe("type", event -> System.out.println(event.getType()));
        CompletableFuture<HyphaEvent> first = client.waitFor("type", 1, TimeUnit.SECONDS);
        CompletableFuture<HyphaEvent> second = client.waitFor("type", Duration.ofSeconds(1));
        CompletableFuture<HyphaEvent> third = client.waitFor(FindShapes.match(), 1, TimeUnit.SECONDS);
        CompletableFuture<HyphaEvent> fourth = client.waitFor(FindShapes.match(), Duration.ofSeconds(1));
        CompletableFuture<AsyncEventStream> events = client.events("type");
        CompletableFuture<AsyncEventStream> matching = client.events(FindShapes.match());
        CompletableFuture<String> token = client.generateToken(LoginShapes.token());
        CompletableFuture<UserInfo> user = client.parseToken("token");
        client.revokeToken("token");
        client.serve();
        client.awaitClosed();
        client.close();
    }

    static void look(HyphaAsyncClient client, AsyncEventStream events) {
        HyphaAsyncManager manager = client.manager();
        CompletableFuture<HyphaEvent> event = events.next();
        events.close();
    }
}
