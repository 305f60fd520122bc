package io.hypha.rpc.samples;

import io.hypha.rpc.call.CallContext;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.Action1;
import io.hypha.rpc.java.Constant;
import io.hypha.rpc.java.DefaultValue;
import io.hypha.rpc.java.Exposed;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.jvm.RemoteName;
import io.hypha.rpc.service.Description;
import io.hypha.rpc.service.ParamDescription;
import io.hypha.rpc.service.ServiceInfo;
import io.hypha.rpc.service.Visibility;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A service as a Java interface, on both sides, with a hub of its own. */
public final class JavaTypedServices {
    private JavaTypedServices() {}

    /** Offers and calls. */
    public static void main(String[] args) {
        try (HyphaHub hub = HyphaHub.start();
                HyphaClient provider = Hypha.connect(hub.getUrl());
                HyphaClient caller = Hypha.connect(hub.getUrl())) {
            call(caller.getService(offer(provider).getId()));
            System.out.println("half of 84 is "
                    + caller.getService(offerHalves(provider).getId()).call("half", Integer.class, 84));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    // tag::java-interface[]
    /** What the service can do. */
    @Description("Sums and sequences")
    public interface Calculator {
        @Constant
        String version();

        int add(int a, @DefaultValue("1") int b);

        Stream<Integer> count(@ParamDescription("How many numbers, from 0 on") int n);

        void work(int steps, Action1<Double> onProgress) throws Exception;

        @RemoteName("caller_name")
        CompletableFuture<String> callerName(CallContext context);
    }
    // end::java-interface[]

    // tag::java-implementation[]
    static final class JavaCalculator implements Calculator {
        @Override
        public String version() {
            return "1.0";
        }

        @Override
        public int add(int a, int b) {
            return a + b;
        }

        @Override
        public Stream<Integer> count(int n) {
            return IntStream.range(0, n).boxed();
        }

        @Override
        public void work(int steps, Action1<Double> onProgress) throws Exception {
            for (int step = 1; step <= steps; step++) {
                onProgress.run((double) step / steps);
            }
        }

        @Override
        public CompletableFuture<String> callerName(CallContext context) {
            return CompletableFuture.completedFuture(context.getFrom().replaceFirst("/.*", ""));
        }
    }

    static ServiceInfo offer(HyphaClient client) {
        return client.registerService(ServiceDefinition.builder("java-calculator")
                .visibility(Visibility.Public)
                .implement(Calculator.class, new JavaCalculator())
                .build());
    }
    // end::java-implementation[]

    // tag::java-proxy[]
    static void call(HyphaService service) throws Exception {
        Calculator calculator = service.proxy(Calculator.class);
        System.out.println("version " + calculator.version());
        System.out.println("41 + 1 is " + calculator.add(41, 1));
        try (Stream<Integer> numbers = calculator.count(3)) {
            System.out.println("counted " + numbers.collect(Collectors.toList()));
        }
        calculator.work(2, part -> System.out.println("done " + part));
        System.out.println("called by " + calculator.callerName(null).get().split("-")[0]);
    }
    // end::java-proxy[]

    // tag::java-exposed[]
    /** An object whose annotated methods are functions of a service. */
    public static final class Halves {
        @Exposed
        public int half(int number) {
            return number / divisor();
        }

        public int divisor() { // not annotated: nobody else can call it
            return 2;
        }
    }

    static ServiceInfo offerHalves(HyphaClient client) {
        return client.registerService(ServiceDefinition.builder("halves")
                .visibility(Visibility.Public)
                .members(new Halves())
                .build());
    }
    // end::java-exposed[]
}
