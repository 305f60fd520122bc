package io.hypha.rpc.samples;

import io.hypha.rpc.RemoteException;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.Callback;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaFunction;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.RemoteStream;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.service.Visibility;
import io.hypha.rpc.value.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The quickstart in Java: {@code mvn -q compile exec:java -Dexec.mainClass=io.hypha.rpc.samples.JavaQuickstart}. */
public final class JavaQuickstart {
    private JavaQuickstart() {}

    /** Starts a hub, connects two clients, and shows what they can do with each other. */
    public static void main(String[] args) {
        try (HyphaHub hub = HyphaHub.start();
                HyphaClient provider = Hypha.connect(hub.getUrl());
                HyphaClient caller = Hypha.connect(hub.getUrl())) {
            System.out.println(
                    "connected  " + provider.clientId() + " and " + caller.clientId() + " to " + hub.getUrl());
            tour(caller.getService(provider.registerService(SERVICE).getId()));
        }
    }

    private static final ServiceDefinition SERVICE = ServiceDefinition.builder("quickstart")
            .visibility(Visibility.Public)
            .function("multiply", Param.of("a", Integer.class), Param.of("b", Integer.class), (a, b) -> a * b)
            .function("divide", Param.of("a", Integer.class), Param.of("b", Integer.class), (a, b) -> a / b)
            .action(
                    "work",
                    Param.of("steps", Integer.class),
                    Param.of("progress", HyphaFunction.class),
                    JavaQuickstart::work)
            .function("count", Param.of("to", Integer.class), to -> IntStream.range(0, to))
            .function("mirror", Param.of("array", NDArray.class), array -> array)
            .build();

    private static void work(int steps, HyphaFunction progress) {
        for (int step = 1; step <= steps; step++) {
            progress.call(Void.class, step);
        }
    }

    private static void tour(HyphaService service) {
        System.out.println("call       multiply(6, 7) is " + service.call("multiply", Integer.class, 6, 7));

        List<Integer> steps = new ArrayList<>();
        service.call("work", Void.class, 3, Callback.of(Integer.class, steps::add));
        System.out.println("callback   work(3) reported " + steps);

        try (RemoteStream<Integer> numbers = service.stream("count", Integer.class, 5)) {
            System.out.print("stream     count(5) sent");
            numbers.forEach(number -> System.out.print(" " + number));
            System.out.println();
        }

        NDArray array = service.call("mirror", NDArray.class, NDArray.of(new float[24], 2, 3, 4));
        System.out.println("array      " + array.getDtype() + " of the shape " + array.getShape() + " came back");

        try {
            service.call("divide", Integer.class, 1, 0);
        } catch (RemoteException e) {
            System.out.println("error      divide(1, 0) failed: " + e.getRemoteMessage());
        }
    }

    /** Calls a function of the quickstart's service as any Java program does. */
    static int multiply(String url, String serviceId) {
        try (HyphaClient client = Hypha.connect(url)) {
            return client.getService(serviceId).call("multiply", Integer.class, 6, 7);
        }
    }
}
