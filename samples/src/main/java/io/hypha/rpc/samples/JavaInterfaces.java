package io.hypha.rpc.samples;

import io.hypha.rpc.HyphaException;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaInterface;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.service.ServiceInfo;
import io.hypha.rpc.service.Visibility;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A microscope keeps the watchers that it is handed, and tells them of every image. */
public final class JavaInterfaces {
    private static final Param<Integer> NUMBER = Param.of("number", Integer.class);

    private JavaInterfaces() {}

    /** Runs both sides, with a hub of its own. */
    public static void main(String[] args) {
        try (HyphaHub hub = HyphaHub.start();
                HyphaClient provider = Hypha.connect(hub.getUrl());
                HyphaClient caller = Hypha.connect(hub.getUrl())) {
            watch(caller, offer(provider).getId());
        }
    }

    // tag::java-interfaces-keep[]
    static ServiceInfo offer(HyphaClient client) {
        List<HyphaService> watchers = new CopyOnWriteArrayList<>();
        return client.registerService(ServiceDefinition.builder("microscope")
                .visibility(Visibility.Public)
                .action("watch", Param.of("watcher", HyphaService.class), watcher -> watchers.add(watcher))
                .function("take_image", NUMBER, number -> show(number, watchers))
                .action("forget_watchers", () -> {
                    watchers.forEach(HyphaService::dispose); // tells their owners
                    watchers.clear();
                })
                .build());
    }

    private static int show(int number, List<HyphaService> watchers) {
        for (HyphaService watcher : watchers) {
            try {
                watcher.call("on_image", Void.class, number);
            } catch (HyphaException e) {
                watchers.remove(watcher); // its owner has ended it, or is gone
            }
        }
        return watchers.size();
    }
    // end::java-interfaces-keep[]

    // tag::java-interfaces-lend[]
    static void watch(HyphaClient client, String id) {
        HyphaService microscope = client.getService(id);
        HyphaInterface watcher = HyphaInterface.builder()
                .action("on_image", NUMBER, number -> System.out.println("image " + number))
                .build();
        microscope.call("watch", Void.class, watcher);
        System.out.println("watched by " + microscope.call("take_image", Integer.class, 1));
        System.out.println("watched by " + microscope.call("take_image", Integer.class, 2));
        watcher.dispose();
        System.out.println("watched by " + microscope.call("take_image", Integer.class, 3));
    }
    // end::java-interfaces-lend[]
}
