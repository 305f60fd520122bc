package io.hypha.rpc.conformance.shrunk;

import io.hypha.rpc.java.Action1;
import io.hypha.rpc.java.Exposed;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.jvm.RemoteName;
import io.hypha.rpc.service.Visibility;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Services that are Java interfaces, and one that is an annotated object. */
final class TypedService {
    /** Has no annotation: the rules of the application keep it. */
    interface Calculator {
        int add(int a, int b);

        CompletableFuture<List<String>> sorted(List<String> words);

        Stream<Integer> count(int to);

        void work(Action1<Double> progress) throws Exception;
    }

    /** Has annotations: the rules of the library keep it. */
    interface Greeter {
        @RemoteName("say_hello")
        String hello(String name);

        String goodbye(String name);
    }

    private static final class JavaCalculator implements Calculator {
        @Override
        public int add(int a, int b) {
            return a + b;
        }

        @Override
        public CompletableFuture<List<String>> sorted(List<String> words) {
            List<String> sorted = new ArrayList<>(words);
            Collections.sort(sorted);
            return CompletableFuture.completedFuture(sorted);
        }

        @Override
        public Stream<Integer> count(int to) {
            return IntStream.range(0, to).boxed();
        }

        @Override
        public void work(Action1<Double> progress) throws Exception {
            progress.run(0.25);
        }
    }

    private static final class JavaGreeter implements Greeter {
        @Override
        public String hello(String name) {
            return "Hello " + name;
        }

        @Override
        public String goodbye(String name) {
            return "Goodbye " + name;
        }
    }

    /** A service of its annotated methods. */
    public static final class Halves {
        /** Half of the number. */
        @Exposed
        public int half(int number) {
            return number / 2;
        }
    }

    private TypedService() {}

    static void show(HyphaClient provider, HyphaClient caller) throws Exception {
        HyphaService service = caller.getService(provider.registerService(ServiceDefinition.builder("typed")
                        .visibility(Visibility.Public)
                        .implement(Calculator.class, new JavaCalculator())
                        .implement(Greeter.class, new JavaGreeter())
                        .members(new Halves())
                        .build())
                .getId());
        Calculator calculator = service.proxy(Calculator.class);
        System.out.println("typed add " + calculator.add(1, 2));
        System.out.println(
                "typed future " + calculator.sorted(List.of("b", "a")).join());
        try (Stream<Integer> numbers = calculator.count(2)) {
            System.out.println("typed stream " + numbers.collect(Collectors.toList()));
        }
        calculator.work(part -> System.out.println("typed callback " + part));
        Greeter greeter = service.proxy(Greeter.class);
        System.out.println("typed name " + greeter.hello("Ann") + ", " + greeter.goodbye("Bob"));
        System.out.println("names " + service.call("say_hello", String.class, "Cy") + ", "
                + service.call("half", Integer.class, 84));
    }
}
