package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hypha.rpc.hub.HyphaHub;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Records and beans within each other, made at random, come back as they went. */
class RandomValuesTest {
    record Leaf(
            boolean flag,
            byte small,
            short shortNumber,
            int number,
            long large,
            float single,
            double real,
            char letter,
            String text,
            BigInteger unsigned,
            Instant at,
            UUID id,
            TimeUnit unit) {}

    record Pair<A, B>(A first, B second) {}

    public static class Shelf<T> {
        private Map<Integer, T> byNumber;
        private Map<TimeUnit, List<T>> byUnit;
        public Set<String> labels;
        public Optional<T> best = Optional.empty();
        public Shelf<T> next;

        public Map<Integer, T> getByNumber() {
            return byNumber;
        }

        public void setByNumber(Map<Integer, T> byNumber) {
            this.byNumber = byNumber;
        }

        public Map<TimeUnit, List<T>> getByUnit() {
            return byUnit;
        }

        public void setByUnit(Map<TimeUnit, List<T>> byUnit) {
            this.byUnit = byUnit;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Shelf && parts().equals(((Shelf<?>) other).parts());
        }

        private List<Object> parts() {
            List<Object> parts = new ArrayList<>();
            Collections.addAll(parts, byNumber, byUnit, labels, best, next);
            return parts;
        }

        @Override
        public int hashCode() {
            return Objects.hash(labels);
        }
    }

    private final Random random = new Random(20260301);

    private <T> T orNull(Supplier<T> value) {
        return random.nextInt(8) == 0 ? null : value.get();
    }

    private <T> List<T> several(Supplier<T> value) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(orNull(value));
        }
        return list;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(random.nextBoolean() ? 'a' + random.nextInt(26) : 0x1f600 + random.nextInt(50));
        }
        return text.toString();
    }

    private TimeUnit unit() {
        return TimeUnit.values()[random.nextInt(TimeUnit.values().length)];
    }

    private Leaf leaf() {
        return new Leaf(
                random.nextBoolean(),
                (byte) random.nextInt(),
                (short) random.nextInt(),
                random.nextInt(),
                random.nextLong(),
                random.nextFloat(),
                Double.longBitsToDouble(random.nextLong() & ~(0x7ffL << 52) | (random.nextInt(0x7fe) & 0x7ffL) << 52),
                (char) ('a' + random.nextInt(26)),
                orNull(this::text),
                orNull(() -> new BigInteger(64, random)),
                orNull(() -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000))),
                orNull(() -> new UUID(random.nextLong(), random.nextLong())),
                orNull(this::unit));
    }

    private Shelf<Pair<Leaf, List<Leaf>>> shelf(int depth) {
        Supplier<Pair<Leaf, List<Leaf>>> content =
                () -> new Pair<>(orNull(this::leaf), orNull(() -> several(this::leaf)));
        Shelf<Pair<Leaf, List<Leaf>>> shelf = new Shelf<>();
        if (random.nextInt(5) > 0) {
            shelf.setByNumber(new TreeMap<>());
            several(content).forEach(value -> shelf.getByNumber().put(random.nextInt(), value));
        }
        if (random.nextInt(5) > 0) {
            shelf.setByUnit(new LinkedHashMap<>());
            shelf.getByUnit().put(unit(), orNull(() -> several(content)));
        }
        shelf.labels = orNull(() -> new LinkedHashSet<>(several(this::text)));
        shelf.best = Optional.ofNullable(orNull(content));
        shelf.next = depth == 0 ? null : shelf(depth - 1);
        return shelf;
    }

    @Test
    @DisplayName("what is sent is what comes back, whatever stands in it")
    void roundTrips() {
        try (HyphaHub hub = HyphaHub.start();
                HyphaClient client = Hypha.connect(hub.getUrl())) {
            HyphaService service = client.getService(client.registerService(ServiceDefinition.builder("random")
                            .function(
                                    "echo",
                                    Param.of("shelf", new TypeRef<Shelf<Pair<Leaf, List<Leaf>>>>() {}),
                                    shelf -> shelf)
                            .build())
                    .getId());
            for (int i = 0; i < 300; i++) {
                Shelf<Pair<Leaf, List<Leaf>>> shelf = shelf(random.nextInt(4));
                assertEquals(
                        shelf,
                        service.call("echo", new TypeRef<Shelf<Pair<Leaf, List<Leaf>>>>() {}, shelf),
                        "number " + i);
            }
        }
    }
}
