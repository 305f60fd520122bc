package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.call.CallContext;
import io.hypha.rpc.service.Visibility;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is wrong with a definition is said when it is built, with the place and what to do, in words of Java. */
class ServiceDefinitionProblemsTest {
    private static final Param<Integer> A = Param.of("a", Integer.class);

    @Test
    @DisplayName("names and ids")
    void names() {
        assertEquals(
                "the service 's' is not valid: the name 'math.mul' holds a dot; for nested names use group(\"math\")",
                problemOf(builder().function("math.mul", () -> 1)));
        assertEquals(
                "the service 's' is not valid: in the group 'math' in the group 'deep' two members are called 'f'",
                problemOf(builder()
                        .group(
                                "math",
                                math -> math.group("deep", deep -> deep.function("f", () -> 1)
                                        .value("f", 1)))));
        assertProblem("begins with '_'", builder().action("_f", () -> {}));
        assertProblem("taken by the service itself", builder().value("config", 1));
        assertProblem("two parameters of one name: [a, a]", builder().function("f", A, A, (a, b) -> a));
        assertProblem("holds ':'", ServiceDefinition.builder("a:b"));
        assertProblem("the service type 'a/b' holds '/'", builder().type("a/b"));
        assertProblem("at most 1024 characters", builder().description(new String(new char[1025])));
    }

    @Test
    @DisplayName("who may call it")
    void permissions() {
        assertProblem(
                "authorizedWorkspaces is for protected services; this one is public",
                builder().visibility(Visibility.Public).authorizedWorkspaces("lab"));
        assertProblem("there are no patterns", builder().authorizedWorkspaces("lab-*"));
        assertProblem(
                "requireContext names 'g'; the functions are 'f', 'math.mul'",
                builder()
                        .requireContext("f", "g")
                        .function("f", () -> 1)
                        .group("math", math -> math.function("mul", () -> 1)));
        assertProblem("'visibility' is said by", builder().config("visibility", "public"));
        assertProblem("is for interface objects", builder().config("_local_only", true));
    }

    @Test
    @DisplayName("constants that belong to one call or one client")
    void constants() {
        Callback callback = Callback.of(() -> {});
        assertProblem("add it with function(…) or action(…)", builder().value("f", callback));
        assertProblem("'list' holds a callback", builder().value("list", Arrays.asList(1, callback)));
        HyphaInterface object = HyphaInterface.builder().action("f", () -> {}).build();
        Map<String, Object> map = new HashMap<>();
        map.put("deep", new Object[] {object});
        assertProblem("'map' holds an interface object", builder().value("map", map));
    }

    @Test
    @DisplayName("descriptions of what is not there, and schemas that are none")
    void schemas() {
        assertProblem("no function 'f' to describe; define it first", builder().describe("f", "Does it"));
        assertProblem(
                "no function 'f' to describe; define it first",
                builder().schema("f", Collections.emptyMap()).function("f", () -> 1));
        assertProblem("is no JSON", builder().function("f", A, a -> a).schema("f", "{"));
        assertProblem("is no JSON object", builder().function("f", A, a -> a).schema("f", "[]"));
        assertProblem(
                "names [b], but the function has the parameters [a]",
                builder()
                        .function("f", A, a -> a)
                        .schema("f", "{\"parameters\": {\"type\": \"object\", \"properties\": {\"b\": {}}}}"));
    }

    @Test
    @DisplayName("a parameter for keywords comes last, and only functions of services have one")
    void keywords() {
        assertProblem(
                "the parameter 'options' of 'f' takes keywords and comes last",
                builder().function("f", Param.kwargs("options"), A, (options, a) -> a));
    }

    @Test
    @DisplayName("who calls is never a parameter that a caller could fill")
    void caller() {
        String context = assertThrows(IllegalArgumentException.class, () -> Param.of("caller", CallContext.class))
                .getMessage();
        assertTrue(context.contains("'caller': who calls is no argument"), context);
        String kwargs = assertThrows(IllegalArgumentException.class, () -> Param.of("more", Kwargs.class))
                .getMessage();
        assertTrue(kwargs.contains("is Param.kwargs(\"more\")"), kwargs);
    }

    @Test
    @DisplayName("null in the place of a name, a handler or a property is an error at once")
    void nulls() {
        assertThrows(NullPointerException.class, () -> builder().function(null, () -> 1));
        assertThrows(NullPointerException.class, () -> builder().function("f", (Handler0<Integer>) null));
        assertThrows(NullPointerException.class, () -> builder().function("f", (Param<Integer>) null, a -> a));
        assertThrows(NullPointerException.class, () -> builder().action("f", (Action0) null));
        assertThrows(NullPointerException.class, () -> builder().visibility(null));
        assertThrows(NullPointerException.class, () -> builder().authorizedWorkspaces("lab", null));
        assertThrows(NullPointerException.class, () -> builder().executor(null));
    }

    @Test
    @DisplayName("what cannot be sent or received is refused when the service is registered, and named")
    void registration() {
        try (TwoClients clients = new TwoClients()) {
            String parameter = refusal(
                    clients,
                    builder().group("math", math -> math.action("run", Param.of("task", Runnable.class), task -> {})));
            assertTrue(
                    parameter.startsWith("the parameter 'task' of s.math.run cannot be received: java.lang.Runnable"),
                    parameter);
            String constant = refusal(clients, builder().value("lock", new Object()));
            assertTrue(constant.startsWith("the constant s.lock cannot be sent: "), constant);
            assertTrue(clients.provider.listServices().stream()
                    .noneMatch(info -> info.getId().endsWith(":s")));
        }
    }

    private static String refusal(TwoClients clients, ServiceDefinitionBuilder builder) {
        ServiceDefinition service = builder.build();
        return assertThrows(IllegalArgumentException.class, () -> clients.provider.registerService(service))
                .getMessage();
    }

    private static ServiceDefinitionBuilder builder() {
        return ServiceDefinition.builder("s");
    }

    private static String problemOf(ServiceDefinitionBuilder builder) {
        return assertThrows(IllegalArgumentException.class, builder::build).getMessage();
    }

    private static void assertProblem(String expected, ServiceDefinitionBuilder builder) {
        String problem = problemOf(builder);
        assertTrue(problem.contains(expected), problem);
        assertTrue(problem.startsWith("the service '"), problem);
    }
}
