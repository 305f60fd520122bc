package io.hypha.rpc.java;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * A program that uses most of what has threads, and ends. Arguments: the server, and whether to close the client. Says
 * how long after the end of {@code main} it could end.
 */
public final class EndingMain {
    private EndingMain() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        HyphaClient client = Hypha.connect(args[0]);
        use(client);
        long[] end = new long[1];
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("ended after " + (System.nanoTime() - end[0]) / 1_000_000 + " ms");
        }));
        end[0] = System.nanoTime();
        if (args[1].equals("close")) {
            client.close();
        }
    }

    private static void use(HyphaClient client) throws Exception {
        Param<HyphaFunction> callback = Param.of("callback", HyphaFunction.class);
        ServiceDefinition definition = ServiceDefinition.builder("everything")
                .function("apply", callback, function -> function.call(Integer.class, 1))
                .function("numbers", () -> Arrays.asList(1, 2, 3).iterator())
                .build();
        HyphaService service =
                client.getService(client.registerService(definition).getId());
        int result = service.call("apply", Integer.class, Callback.returning(Integer.class, number -> number + 1));
        int sum = service.stream("numbers", Integer.class).stream()
                .mapToInt(number -> number)
                .sum();
        CompletableFuture<Integer> later = service.async()
                .call("apply", Integer.class, Callback.returning(Integer.class, number -> number * 5))
                .thenApply(five -> five + client.echo(10, Integer.class));
        int count =
                service.async().stream("numbers", Integer.class).toList().get().size();
        RemoteStream<Integer> open = service.stream("numbers", Integer.class);
        System.out.println(String.join(" ", "" + result, "" + sum, "" + later.get(), "" + count, "" + open.next()));
    }
}
