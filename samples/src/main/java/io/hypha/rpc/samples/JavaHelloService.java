package io.hypha.rpc.samples;

import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaFunction;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.service.ServiceInfo;
import io.hypha.rpc.service.Visibility;
import java.util.stream.IntStream;

/** Offers a service until the connection ends. The argument is the URL of the server. */
public final class JavaHelloService {
    private JavaHelloService() {}

    /** Connects and waits. */
    public static void main(String[] args) {
        try (HyphaClient client = Hypha.connect(args.length > 0 ? args[0] : "http://127.0.0.1:9527")) {
            System.out.println("Call " + offer(client).getId());
            client.serve();
        }
    }

    // tag::java-hello-service[]
    static ServiceInfo offer(HyphaClient client) {
        ServiceDefinition hello = ServiceDefinition.builder("hello-world")
                .visibility(Visibility.Public)
                .function("hello", Param.of("name", String.class).describedAs("Whom to greet"), name -> "Hello " + name)
                .function("add", Param.of("a", Integer.class), Param.optional("b", Integer.class, 2), (a, b) -> a + b)
                .function("count", Param.of("from", Integer.class), Param.of("to", Integer.class), IntStream::range)
                .action(
                        "work",
                        Param.of("steps", Integer.class),
                        Param.of("progress", HyphaFunction.class),
                        JavaHelloService::work)
                .build();
        return client.registerService(hello);
    }

    private static void work(int steps, HyphaFunction progress) {
        for (int step = 1; step <= steps; step++) {
            progress.call(Void.class, (double) step / steps);
        }
    }
    // end::java-hello-service[]
}
