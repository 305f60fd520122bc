package io.hypha.rpc.java.shapes;

import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaAsyncClient;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaClientBuilder;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.service.ServiceInfo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Compiled, never run: every way to connect, and what a client does. */
public final class ConnectShapes {
    private ConnectShapes() {}

    static HyphaClient connect(String url) {
        HyphaClientBuilder builder = Hypha.builder(url)
                .token("token")
                .workspace("workspace")
                .clientId("client")
                .timeout(10, TimeUnit.SECONDS)
                .timeout(Duration.ofSeconds(10))
                .connectTimeout(10, TimeUnit.SECONDS)
                .connectTimeout(Duration.ofSeconds(10))
                .executor(Runnable::run);
        HyphaClient client = builder.connect();
        return client == null ? Hypha.connect(url) : client;
    }

    static void use(HyphaClient client, ServiceDefinition definition) {
        HyphaAsyncClient async = client.async();
        String name = client.workspace() + "/" + client.clientId() + client.getService("service");
        List<ServiceInfo> services = client.listServices();
        ServiceInfo info = client.registerService(definition);
        ServiceInfo replaced = client.registerService(definition, true);
        client.unregisterService(info.getId());
        Object back = client.echo(1);
        Integer typed = client.echo(1, Integer.class);
        client.awaitClosed();
        client.close();
    }

    static void use(HyphaAsyncClient client, ServiceDefinition definition) {
        HyphaClient blocking = client.blocking();
        String name = client.workspace() + "/" + client.clientId() + client.getService("service");
        CompletableFuture<List<ServiceInfo>> services = client.listServices();
        CompletableFuture<ServiceInfo> info = client.registerService(definition);
        CompletableFuture<ServiceInfo> replaced = client.registerService(definition, true);
        CompletableFuture<Void> gone = client.unregisterService("service");
        CompletableFuture<Object> back = client.echo(1);
        CompletableFuture<Integer> typed = client.echo(1, Integer.class);
        CompletableFuture<Void> closed = client.awaitClosed();
        client.close();
    }
}
