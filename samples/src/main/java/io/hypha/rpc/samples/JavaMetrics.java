package io.hypha.rpc.samples;

import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.micrometer.MicrometerMetrics;
import io.hypha.rpc.service.Visibility;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Watches a client in numbers: with Micrometer, and by what it holds at the moment. With a hub of its own. */
public final class JavaMetrics {
    private JavaMetrics() {}

    /** Starts a hub, a provider and a client that calls it. */
    public static void main(String[] args) {
        MeterRegistry registry = new SimpleMeterRegistry();
        try (HyphaHub hub = HyphaHub.start();
                HyphaClient provider = Hypha.connect(hub.getUrl());
                HyphaClient client = watched(hub.getUrl(), registry)) {
            ServiceDefinition hello = ServiceDefinition.builder("hello")
                    .visibility(Visibility.Public)
                    .function("hello", () -> "Hello")
                    .build();
            HyphaService service =
                    client.getService(provider.registerService(hello).getId());
            for (int i = 0; i < 3; i++) {
                service.call("hello", String.class);
            }
            show(registry, client);
        }
    }

    // tag::java-metrics[]
    static HyphaClient watched(String url, MeterRegistry registry) {
        MicrometerMetrics metrics = new MicrometerMetrics(registry, Tags.empty(), true);
        return Hypha.builder(url).metrics(metrics).connect();
    }
    // end::java-metrics[]

    // tag::java-statistics[]
    static void show(MeterRegistry registry, HyphaClient client) {
        Timer hellos = registry.get("hypha.calls")
                .tags("service", "hello", "function", "hello")
                .timer();
        System.out.println(hellos.count() + " calls of hello");
        System.out.println("now: " + client.statistics());
    }
    // end::java-statistics[]
}
