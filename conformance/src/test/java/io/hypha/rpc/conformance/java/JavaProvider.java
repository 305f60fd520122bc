package io.hypha.rpc.conformance.java;

import io.hypha.rpc.HyphaException;
import io.hypha.rpc.RemoteException;
import io.hypha.rpc.call.CallContext;
import io.hypha.rpc.conformance.provider.Point;
import io.hypha.rpc.java.Callback;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaFunction;
import io.hypha.rpc.java.Invocation;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.java.ServiceDefinitionBuilder;
import io.hypha.rpc.java.TypeRef;
import io.hypha.rpc.service.Visibility;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The functions that the scenarios of the JavaScript peer call: the counterpart of {@code src/test/js/provider} in
 * Java.
 */
final class JavaProvider {
    private static final Param<HyphaFunction> CALLBACK = Param.of("callback", HyphaFunction.class);
    private static final Param<Integer> N = Param.of("n", Integer.class);

    private final HyphaClient client;
    private final AtomicReference<HyphaFunction> kept = new AtomicReference<>();

    JavaProvider(HyphaClient client) {
        this.client = client;
    }

    ServiceDefinition definition(String id) {
        ServiceDefinitionBuilder service = ServiceDefinition.builder(id)
                .visibility(Visibility.Public)
                .value("version", "1.0")
                .value("language", "java");
        about(service);
        values(service);
        callbacks(service);
        returnedFunctions(service);
        new JavaStreams().define(service);
        JavaFailures.define(service);
        JavaLarge.define(service);
        return service.build();
    }

    private void about(ServiceDefinitionBuilder service) {
        Param<Object> a = Param.optional("a", Object.class, null);
        Param<Object> b = Param.optional("b", Object.class, null);
        service.function(
                        "whoami",
                        () -> map("language", "java", "workspace", client.workspace(), "clientId", client.clientId()))
                .function(
                        "context",
                        Arrays.asList(a, b),
                        call -> map("a", call.get(a), "b", call.get(b), "context", contextOf(call)))
                .requireContext()
                .action(
                        "emitEvent",
                        Param.of("type", String.class),
                        Param.of("to", String.class),
                        Param.of("data", Object.class),
                        (type, to, data) -> client.emit(type, data, to));
    }

    private static Map<String, Object> contextOf(Invocation call) {
        CallContext context = call.context();
        return map(
                "from", context.getFrom(),
                "to", context.getTo(),
                "ws", context.getWorkspace(),
                "user", context.getUser().getEntries());
    }

    private static void values(ServiceDefinitionBuilder service) {
        Param<Double> a = Param.of("a", Double.class);
        Param<Double> b = Param.of("b", Double.class);
        List<Param<?>> names = IntStream.range(0, 4)
                .mapToObj(i ->
                        Param.optional(Arrays.asList("a", "b", "scale", "label").get(i), Object.class, null))
                .collect(Collectors.toList());
        service.function("echo", Param.optional("x", Object.class, null), x -> x)
                .function("add", a, b, (x, y) -> x + y)
                .describe("add", "Adds two numbers.")
                .group("math", math -> math.function("mul", a, b, (x, y) -> x * y))
                .function("kwargs", names, call -> names.stream()
                        .collect(LinkedHashMap::new, (map, p) -> map.put(p.name(), call.get(p)), Map::putAll))
                .function("kinds", JavaKinds::names)
                .function("make", Param.of("kind", String.class), JavaKinds::make)
                .function("mirror", Param.of("point", Point.class), point -> new Point(point.getY(), point.getX()));
    }

    private void callbacks(ServiceDefinitionBuilder service) {
        Param<Object> value = Param.optional("value", Object.class, null);
        Param<Map<String, Object>> holder = Param.of("holder", new TypeRef<Map<String, Object>>() {});
        service.function("callCallback", CALLBACK, N, JavaProvider::sumInTurn)
                .function("callCallbackAtOnce", CALLBACK, N, JavaProvider::sumAtOnce)
                .function("callbackEcho", CALLBACK, value, (callback, x) -> callback.call(Object.class, x))
                .function("callInside", holder, map -> ((HyphaFunction) ((List<?>) map.get("list")).get(0))
                        .call(Object.class, map.get("factor")))
                .function("callbackThrows", CALLBACK, JavaProvider::failureOf)
                .function(
                        "nested",
                        Param.of("a", Double.class),
                        CALLBACK,
                        (a, callback) ->
                                callback.call(Double.class, a, Callback.returning(Double.class, x -> x * 10)) + 1)
                .action("keepCallback", Param.optional("callback", HyphaFunction.class, null), kept::set)
                .function("callKept", value, this::callKept);
    }

    private static double sumInTurn(HyphaFunction callback, int n) {
        double sum = 0;
        for (int i = 1; i <= n; i++) {
            sum += callback.call(Double.class, i);
        }
        return sum;
    }

    private static double sumAtOnce(HyphaFunction callback, int n) {
        List<CompletableFuture<Double>> calls = IntStream.rangeClosed(1, n)
                .mapToObj(i -> callback.async().call(Double.class, i))
                .collect(Collectors.toList());
        return calls.stream().mapToDouble(CompletableFuture::join).sum();
    }

    private static String failureOf(HyphaFunction callback) {
        try {
            callback.call(Void.class);
            return "the callback did not throw";
        } catch (RemoteException e) {
            return e.getMessage();
        }
    }

    private Map<String, Object> callKept(Object value) {
        try {
            return Collections.singletonMap("value", kept.get().call(Object.class, value));
        } catch (HyphaException e) {
            return Collections.singletonMap("error", e.getMessage());
        }
    }

    private static void returnedFunctions(ServiceDefinitionBuilder service) {
        service.function(
                        "returnsFunction",
                        Param.of("factor", Double.class),
                        factor -> Callback.returning(Double.class, x -> x * factor))
                .function("returnsFunctions", Param.of("start", Double.class), JavaProvider::functions);
    }

    private static Map<String, Object> functions(double start) {
        DoubleAdder count = new DoubleAdder();
        count.add(start);
        Callback increment = Callback.returning(Double.class, by -> {
            count.add(by);
            return count.sum();
        });
        return map(
                "increment",
                increment,
                "greetings",
                map("hello", Callback.returning(String.class, name -> "hello " + name)),
                "list",
                Arrays.asList(Callback.returning(() -> "first"), Callback.returning(Object.class, x -> x)),
                "note",
                "plain values may stand beside them");
    }

    /** A map of alternating keys and values, which may be null. */
    static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }
}
