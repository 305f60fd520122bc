package com.example.modular;

import io.hypha.rpc.RemoteException;
import io.hypha.rpc.java.Callback;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaFunction;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.RemoteStream;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.service.ServiceInfo;
import io.hypha.rpc.service.Visibility;
import io.hypha.rpc.value.NDArray;
import java.util.Collections;
import java.util.stream.IntStream;

/** Offers a service with one client and calls it with another. The argument is the URL of the server. */
public final class Main {
    private static final ServiceDefinition SERVICE = ServiceDefinition.builder("modular")
            .visibility(Visibility.Public)
            .function("add", Param.of("a", Integer.class), Param.of("b", Integer.class), Integer::sum)
            .function("count", Param.of("to", Integer.class), to -> IntStream.range(0, to))
            .function("mirror", Param.of("array", NDArray.class), array -> array)
            .action("work", Param.of("progress", HyphaFunction.class), progress -> progress.call(Void.class, 0.5))
            .function("sample", Param.of("sample", Sample.class), sample -> sample)
            .implement(Greeter.class, name -> "Hello " + name)
            .build();

    private Main() {}

    /** Connects, calls, and prints what came back. */
    public static void main(String[] args) {
        try (HyphaClient provider = Hypha.connect(args[0]);
                HyphaClient caller = Hypha.connect(args[0])) {
            ServiceInfo info = provider.registerService(SERVICE);
            show(caller.getService(info.getId()));
        }
    }

    private static void show(HyphaService service) {
        System.out.println("add " + service.call("add", Integer.class, 1, 2));
        System.out.println(
                "future " + service.async().call("add", Integer.class, 2, 2).join());
        service.call("work", Void.class, Callback.of(Double.class, part -> System.out.println("callback " + part)));
        try (RemoteStream<Integer> items = service.stream("count", Integer.class, 2)) {
            items.forEach(item -> System.out.println("item " + item));
        }
        NDArray array = service.call("mirror", NDArray.class, NDArray.of(new float[6], 2, 3));
        System.out.println("array " + array.getDtype() + " " + array.getShape());
        System.out.println("typed " + service.proxy(Greeter.class).hello("Ann"));
        Sample sample = service.call("sample", Sample.class, Collections.singletonMap("weight", 12));
        System.out.println("bean " + sample.getWeight());
        try {
            service.call("add", Integer.class, "one", 2);
        } catch (RemoteException e) {
            System.out.println("refused " + e.getRemoteType());
        }
    }
}
