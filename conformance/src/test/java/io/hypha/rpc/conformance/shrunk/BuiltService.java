package io.hypha.rpc.conformance.shrunk;

import io.hypha.rpc.RemoteException;
import io.hypha.rpc.java.Callback;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaFunction;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.Kwargs;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.RemoteStream;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.java.TypeRef;
import io.hypha.rpc.service.Visibility;
import io.hypha.rpc.value.NDArray;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A service of lambdas, and calls with values that need no rules of the program. */
final class BuiltService {
    private static final ServiceDefinition SERVICE = ServiceDefinition.builder("built")
            .visibility(Visibility.Public)
            .function("add", Param.of("a", Integer.class), Param.optional("b", Integer.class, 2), Integer::sum)
            .function("count", Param.of("to", Integer.class), to -> IntStream.range(0, to))
            .function("mirror", Param.of("value", Object.class), value -> value)
            .function("fail", Param.of("reason", String.class), BuiltService::fail)
            .action("work", Param.of("progress", HyphaFunction.class), progress -> progress.call(Void.class, 0.5))
            .build();

    private BuiltService() {}

    static void show(HyphaClient provider, HyphaClient caller) {
        HyphaService service =
                caller.getService(provider.registerService(SERVICE).getId());
        System.out.println("add " + service.call("add", Integer.class, 40));
        System.out.println("keywords " + service.call("add", Integer.class, 40, Kwargs.of("b", 3)));
        System.out.println(
                "future " + service.async().call("add", Integer.class, 1, 1).join());
        service.call("work", Void.class, Callback.of(Double.class, part -> System.out.println("callback " + part)));
        try (RemoteStream<Integer> items = service.stream("count", Integer.class, 3)) {
            items.forEach(item -> System.out.println("item " + item));
        }
        TypeRef<Map<String, List<Integer>>> type = new TypeRef<>() {};
        System.out.println("map " + service.call("mirror", type, Map.of("a", List.of(1, 2))));
        NDArray array = service.call("mirror", NDArray.class, NDArray.of(new float[6], 2, 3));
        System.out.println("array " + array.getDtype() + " " + array.getShape());
        try {
            service.call("fail", Void.class, "no spores");
        } catch (RemoteException e) {
            System.out.println("failure " + e.getRemoteMessage());
        }
    }

    private static Object fail(String reason) {
        throw new IllegalStateException(reason);
    }
}
