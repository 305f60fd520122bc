package io.hypha.rpc.java.shapes;

import io.hypha.rpc.call.CallContext;
import io.hypha.rpc.java.Callback;
import io.hypha.rpc.java.Invocation;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.java.TypeRef;
import io.hypha.rpc.service.Visibility;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Compiled, never run: every way to describe a service, its functions, and callbacks. */
final class OfferShapes {
    private static final TypeRef<List<Integer>> NUMBERS = new TypeRef<>() {};
    private static final Param<Integer> A = Param.of("a", Integer.class).describedAs("a number");
    private static final Param<List<Integer>> B = Param.of("b", NUMBERS);
    private static final Param<Integer> C = Param.optional("c", Integer.class, 3);
    private static final Param<List<Integer>> D = Param.optional("d", NUMBERS, Collections.emptyList());

    private OfferShapes() {}

    static String define() {
        ServiceDefinition definition = ServiceDefinition.builder("service")
                .name("name")
                .type("type")
                .description("what it is for")
                .visibility(Visibility.Public)
                .executor(Runnable::run)
                .value("version", "1.0")
                .function("f0", () -> 0)
                .function("f1", A, a -> a)
                .function("f2", A, B, (a, b) -> b)
                .function("f3", A, B, C, (a, b, c) -> c)
                .function("many", Arrays.asList(A, B, C, D), OfferShapes::answer)
                .action("a0", () -> {})
                .action("a1", A, a -> {})
                .action("a2", A, B, (a, b) -> {})
                .action("a3", A, B, C, (a, b, c) -> {})
                .build();
        return definition.id() + A.name();
    }

    private static int answer(Invocation invocation) {
        CallContext context = invocation.context();
        return context.getFrom().length()
                + invocation.get(A)
                + invocation.get(D).size();
    }

    static List<Callback> callbacks() {
        return Arrays.asList(
                Callback.of(String.class, a -> {}),
                Callback.of(String.class, Integer.class, (a, b) -> {}),
                Callback.of(String.class, Integer.class, Double.class, (a, b, c) -> {}),
                Callback.returning(String.class, String::length),
                Callback.returning(String.class, Integer.class, (a, b) -> a.length() + b),
                Callback.returning(String.class, Integer.class, Double.class, (a, b, c) -> a.length() + b + c));
    }
}
