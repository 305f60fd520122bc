package io.hypha.rpc.java.shapes;

import io.hypha.rpc.call.CallContext;
import io.hypha.rpc.java.GroupBuilder;
import io.hypha.rpc.java.HyphaInterface;
import io.hypha.rpc.java.HyphaProbes;
import io.hypha.rpc.java.Invocation;
import io.hypha.rpc.java.Kwargs;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.java.TypeRef;
import io.hypha.rpc.service.Visibility;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Compiled, never run: every way to describe a service and its functions. */
final class OfferShapes {
    private static final Param<Integer> A = Param.of("a", Integer.class).describedAs("a number");
    private static final Param<List<Integer>> B = Param.of("b", CallShapes.NUMBERS);
    private static final Param<Integer> C = Param.optional("c", Integer.class, 3);
    private static final Param<List<Integer>> D = Param.optional("d", CallShapes.NUMBERS, Collections.emptyList());
    private static final Param<Kwargs> E = Param.kwargs("more");

    private OfferShapes() {}

    static String define() {
        ServiceDefinition definition = ServiceDefinition.builder("service")
                .name("name")
                .type("type")
                .description("what it is for")
                .docs("more words")
                .visibility(Visibility.Public)
                .authorizedWorkspaces("workspace")
                .requireContext()
                .requireContext("a0", "a1")
                .config("key", 1)
                .executor(Runnable::run)
                .value("version", "1.0")
                .function("f0", () -> 0)
                .function("f1", A, a -> a)
                .function("f2", A, B, (a, b) -> b)
                .function("f3", A, B, C, (a, b, c) -> c)
                .function("f4", A, B, C, D, (a, b, c, d) -> d)
                .function("f5", A, B, C, D, E, (a, b, c, d, e) -> e.asMap())
                .function("many", Arrays.asList(A, B, C, D), OfferShapes::answer)
                .action("a0", () -> {})
                .action("a1", A, a -> {})
                .action("a2", A, B, (a, b) -> {})
                .action("a3", A, B, C, (a, b, c) -> {})
                .action("a4", A, B, C, D, (a, b, c, d) -> {})
                .action("a5", A, B, C, D, E, (a, b, c, d, e) -> {})
                .action("manyWithout", Arrays.asList(A, B, C, D), invocation -> {})
                .describe("f0", "what it does")
                .schema("f1", Collections.singletonMap("type", "object"))
                .schema("f2", "{}")
                .group("math", (GroupBuilder group) -> group.function("one", () -> 1))
                .implement(Runnable.class, () -> {})
                .implement(new TypeRef<Comparable<String>>() {}, text -> 0)
                .members(new Object())
                .build();
        ServiceDefinition typed = ServiceDefinition.of("typed", Runnable.class, () -> {});
        return definition.id() + typed.id() + A.name();
    }

    private static int answer(Invocation invocation) {
        CallContext context = invocation.context();
        return context.getFrom().length()
                + invocation.get(A)
                + invocation.get(D).size();
    }

    static List<String> lend() {
        HyphaInterface lent = HyphaInterface.builder()
                .onlyAllowedCaller()
                .function("f0", () -> 0)
                .build();
        lent.dispose();
        return lent.ids();
    }

    static HyphaProbes probes() {
        return HyphaProbes.create().readiness(() -> true).liveness(() -> true).probe("disk", () -> "free");
    }
}
