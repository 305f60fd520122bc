package io.hypha.rpc.conformance.java;

import static io.hypha.rpc.conformance.java.JavaProvider.map;

import io.hypha.rpc.HyphaException;
import io.hypha.rpc.conformance.provider.PatternKt;
import io.hypha.rpc.java.Invocation;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.RemoteStream;
import io.hypha.rpc.java.ServiceDefinitionBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The functions of {@code provider/generators.mjs} in Java. */
final class JavaStreams {
    @SuppressWarnings("rawtypes")
    private static final Param<RemoteStream> STREAM = Param.of("stream", RemoteStream.class);

    private static final Param<Integer> LIMIT = Param.optional("limit", Integer.class, null);

    private final Map<String, Map<String, Object>> ends = new ConcurrentHashMap<>();

    void define(ServiceDefinitionBuilder service) {
        Param<Integer> n = Param.of("n", Integer.class);
        Param<String> label = Param.optional("label", String.class, null);
        service.function("generator", n, label, this::counting)
                .function("syncGenerator", n, label, this::counting)
                .function("generatorThrows", n, Param.of("message", String.class), label, this::failing)
                .function("generatorOfBytes", n, Param.of("size", Integer.class), (count, size) -> IntStream.range(
                                0, count)
                        .mapToObj(i -> PatternKt.patternBytes(size + i)))
                .function("generatorOfValues", JavaStreams::mixed)
                .function("streamEnd", Param.of("label", String.class), ends::get)
                .function("consume", Arrays.asList(STREAM, LIMIT), this::consume);
    }

    private Stream<Integer> counting(int n, String label) {
        AtomicInteger produced = new AtomicInteger();
        return Stream.generate(produced::getAndIncrement)
                .limit(n)
                .onClose(() -> end(label, produced.get() == n ? "completed" : "closed", produced.get()));
    }

    private Stream<Integer> failing(int n, String message, String label) {
        AtomicInteger produced = new AtomicInteger();
        return Stream.generate(() -> {
                    if (produced.get() == n) {
                        throw new IllegalStateException(message);
                    }
                    return produced.getAndIncrement();
                })
                .onClose(() -> end(label, "failed", produced.get()));
    }

    private void end(String label, String how, int produced) {
        if (label != null) {
            ends.put(label, map("how", how, "produced", produced));
        }
    }

    private static Stream<Object> mixed() {
        return Stream.of(
                null,
                0,
                "",
                Arrays.asList(1, Collections.singletonMap("two", 2)),
                new byte[] {3},
                Collections.singleton(4));
    }

    private Map<String, Object> consume(Invocation call) {
        Integer limit = call.get(LIMIT);
        List<Object> items = new ArrayList<>();
        try (RemoteStream<?> stream = call.get(STREAM)) {
            while ((limit == null || items.size() < limit) && stream.hasNext()) {
                items.add(stream.next());
            }
        } catch (HyphaException e) {
            return map("items", items, "error", e.getMessage());
        }
        return map("items", items, "error", null);
    }
}
