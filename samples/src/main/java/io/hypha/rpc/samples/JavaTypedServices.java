package io.hypha.rpc.samples;

import io.hypha.rpc.call.CallContext;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.Constant;
import io.hypha.rpc.java.DefaultValue;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.jvm.RemoteName;
import io.hypha.rpc.service.Description;
import io.hypha.rpc.service.ParamDescription;
import io.hypha.rpc.service.Visibility;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A service as a Java interface, on both sides, with a hub of its own. */
public final class JavaTypedServices {
    private JavaTypedServices() {}

    /** Starts a hub and two clients, one of which calculates for the other. */
    public static void main(String[] args) {
        try (HyphaHub hub = HyphaHub.start();
                HyphaClient provider = Hypha.connect(hub.getUrl());
                HyphaClient caller = Hypha.connect(hub.getUrl())) {
            calculate(caller.getService(provider.registerService(calculator()).getId()));
        }
    }

    // tag::java-interface[]
    /** What both sides know. */
    @Description("Sums and sequences")
    interface JavaCalculator {
        @Constant
        String version();

        int add(int a, @DefaultValue("1") int b);

        @RemoteName("add_later")
        CompletableFuture<Integer> addLater(int a, int b);

        Stream<Integer> count(@ParamDescription("How many numbers, from 0 on") int n);

        void work(int steps, Consumer<Double> onProgress);

        @RemoteName("caller_name")
        String callerName(CallContext context);
    }
    // end::java-interface[]

    // tag::java-implementation[]
    static final class MyCalculator implements JavaCalculator {
        @Override
        public String version() {
            return "1.0";
        }

        @Override
        public int add(int a, int b) {
            return a + b;
        }

        @Override
        public CompletableFuture<Integer> addLater(int a, int b) {
            return CompletableFuture.supplyAsync(() -> a + b);
        }

        @Override
        public Stream<Integer> count(int n) {
            return IntStream.range(0, n).boxed();
        }

        @Override
        public void work(int steps, Consumer<Double> onProgress) {
            for (int step = 1; step <= steps; step++) {
                onProgress.accept((double) step / steps);
            }
        }

        @Override
        public String callerName(CallContext context) {
            return context.getUser().isAnonymous()
                    ? "somebody"
                    : context.getUser().getId();
        }
    }

    static ServiceDefinition calculator() {
        return ServiceDefinition.builder("calculator")
                .visibility(Visibility.Public)
                .implement(JavaCalculator.class, new MyCalculator())
                .build();
    }
    // end::java-implementation[]

    // tag::java-proxy[]
    static void calculate(HyphaService service) {
        JavaCalculator calculator = service.proxy(JavaCalculator.class);
        System.out.println("version " + calculator.version());
        System.out.println("41 + 1 is " + calculator.add(41, 1));
        System.out.println("40 + 2 is " + calculator.addLater(40, 2).join());
        try (Stream<Integer> numbers = calculator.count(3)) {
            System.out.println("counted " + numbers.collect(Collectors.toList()));
        }
        calculator.work(2, part -> System.out.println("done " + part));
        System.out.println("called by " + calculator.callerName(null)); // the server says who
    }
    // end::java-proxy[]
}
