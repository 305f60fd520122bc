package io.hypha.rpc.samples;

import io.hypha.rpc.client.HyphaEvent;
import io.hypha.rpc.client.ServerEvents;
import io.hypha.rpc.client.WorkspaceInfo;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.EventMatch;
import io.hypha.rpc.java.EventStream;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaManager;
import io.hypha.rpc.java.ListenerHandle;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.java.WorkspaceSettings;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Two clients in one workspace tell each other things, and look after the workspace. With a hub of its own. */
public final class JavaEvents {
    private JavaEvents() {}

    /** Starts a hub and two clients of one user. */
    public static void main(String[] args) throws InterruptedException {
        try (HyphaHub hub = HyphaHub.start()) {
            String adasToken = hub.createToken("ada");
            try (HyphaClient listener = connect(hub, "listener", adasToken);
                    HyphaClient sender = connect(hub, "sender", adasToken)) {
                talk(listener, sender);
                watch(listener, sender);
                lookAfter(listener.manager());
            }
        }
    }

    private static HyphaClient connect(HyphaHub hub, String id, String token) {
        return Hypha.builder(hub.getUrl()).clientId(id).token(token).connect();
    }

    // tag::java-talk[]
    static void talk(HyphaClient listener, HyphaClient sender) throws InterruptedException {
        CountDownLatch heard = new CountDownLatch(1);
        ListenerHandle news = listener.subscribe("news", event -> {
            System.out.println(event.getContext().getFrom() + " says " + event.getData());
            heard.countDown();
        });
        sender.emit("news", "it works", "*");
        heard.await();
        news.close();

        EventMatch right =
                EventMatch.of("answer").where(event -> event.getData().equals(42L));
        CompletableFuture<HyphaEvent> answer = listener.async().waitFor(right, 10, TimeUnit.SECONDS);
        sender.emit("answer", 41, listener.clientId());
        sender.emit("answer", 42, listener.clientId());
        System.out.println("the answer is " + answer.join().getData());
    }
    // end::java-talk[]

    // tag::java-watch[]
    static void watch(HyphaClient listener, HyphaClient sender) {
        EventMatch added = EventMatch.of(ServerEvents.SERVICE_ADDED).subscribed();
        try (EventStream events = listener.events(added)) {
            sender.registerService(ServiceDefinition.builder("hello")
                    .function("hello", () -> "Hello")
                    .build());
            System.out.println("new service " + events.next().getServiceInfo().getId());
        }
    }
    // end::java-watch[]

    // tag::java-workspaces[]
    static void lookAfter(HyphaManager manager) {
        manager.createWorkspace("lab-7", WorkspaceSettings.create().description("Where we try things"));
        System.out.println("workspaces "
                + manager.listWorkspaces().stream().map(WorkspaceInfo::getId).collect(Collectors.toList()));

        manager.setEnv("MODEL", "v2");
        System.out.println("MODEL is " + manager.getEnv("MODEL"));

        manager.logEvent("trained", Collections.singletonMap("epoch", 3));
        System.out.println("logged " + manager.getEventStats("trained", null, null));
    }
    // end::java-workspaces[]
}
