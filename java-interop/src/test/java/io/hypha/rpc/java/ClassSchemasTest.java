package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.jvm.RemoteName;
import io.hypha.rpc.service.Description;
import io.hypha.rpc.service.ServiceInfo;
import io.hypha.rpc.value.NDArray;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The table "Types of Java" of {@code docs/schemas.md}, row by row: every type has exactly the schema that stands
 * there.
 */
class ClassSchemasTest {
    @Description("A place")
    record Spot(@Description("To the right") double x, String name, Optional<Integer> floor) {}

    enum Tint {
        RED,
        @RemoteName("dark-green")
        GREEN
    }

    public static class Settings {
        public int width;
        private Tint tint = Tint.RED;

        public Tint getTint() {
            return tint;
        }

        public void setTint(Tint tint) {
            this.tint = tint;
        }

        public boolean isValid() {
            return width > 0;
        }
    }

    record Pair<A, B>(A first, B second) {}

    record Branch(List<Branch> parts) {}

    interface Coded {}

    private static final HyphaHub hub = HyphaHub.start();
    private static HyphaClient client;

    @BeforeAll
    static void connect() {
        client = Hypha.builder(hub.getUrl())
                .codec(HyphaCodec.decoding("coded", Coded.class, map -> new Coded() {}))
                .connect();
    }

    @AfterAll
    static void close() {
        client.close();
        hub.close();
    }

    private static Map<String, List<Param<?>>> rows() {
        Map<String, List<Param<?>>> rows = new LinkedHashMap<>();
        rows.put("`boolean`, `Boolean`", of(boolean.class, Boolean.class));
        rows.put(
                "`byte`, `short`, `int`, `long`, their classes, `BigInteger`",
                of(
                        byte.class,
                        short.class,
                        int.class,
                        long.class,
                        Byte.class,
                        Short.class,
                        Integer.class,
                        Long.class,
                        BigInteger.class));
        rows.put(
                "`float`, `double`, their classes, `Number`",
                of(float.class, double.class, Float.class, Double.class, Number.class));
        rows.put("`String`, `CharSequence`", of(String.class, CharSequence.class));
        rows.put("`char`, `Character`", of(char.class, Character.class));
        rows.put("`Tint`", of(Tint.class));
        rows.put(
                "`Optional<Integer>`, `OptionalInt`",
                Arrays.asList(param(new TypeRef<Optional<Integer>>() {}), Param.of("p", OptionalInt.class)));
        rows.put(
                "`List<Integer>`, `ArrayList<Integer>`, `Integer[]`, `int[]`, `RemoteStream<Integer>`",
                Arrays.asList(
                        param(new TypeRef<List<Integer>>() {}),
                        param(new TypeRef<ArrayList<Integer>>() {}),
                        Param.of("p", Integer[].class),
                        Param.of("p", int[].class),
                        param(new TypeRef<RemoteStream<Integer>>() {})));
        rows.put(
                "`Set<String>`, `TreeSet<String>`",
                Arrays.asList(param(new TypeRef<Set<String>>() {}), param(new TypeRef<TreeSet<String>>() {})));
        rows.put(
                "`List`, `Collection<?>`",
                Arrays.asList(Param.of("p", List.class), param(new TypeRef<Collection<?>>() {})));
        rows.put(
                "`Map<String, Integer>`, `TreeMap<Integer, Integer>`",
                Arrays.asList(
                        param(new TypeRef<Map<String, Integer>>() {}),
                        param(new TypeRef<TreeMap<Integer, Integer>>() {})));
        rows.put("`Map<Tint, Integer>`", Arrays.asList(param(new TypeRef<Map<Tint, Integer>>() {})));
        rows.put(
                "`Map<String, Object>`, `Map`",
                Arrays.asList(param(new TypeRef<Map<String, Object>>() {}), Param.of("p", Map.class)));
        rows.put("`Spot`", of(Spot.class));
        rows.put("`Settings`", of(Settings.class));
        rows.put("`Pair<Integer, List<String>>`", Arrays.asList(param(new TypeRef<Pair<Integer, List<String>>>() {})));
        rows.put("`byte[]`, `ByteBuffer`, `InputStream`", of(byte[].class, ByteBuffer.class, InputStream.class));
        rows.put("`NDArray`, `HyphaFunction`", of(NDArray.class, HyphaFunction.class));
        rows.put("`Instant`, `Date`", of(Instant.class, Date.class));
        rows.put("`Duration`", of(Duration.class));
        rows.put("`UUID`", of(UUID.class));
        rows.put("`URI`", of(URI.class));
        rows.put("`Object`, class with a codec", of(Object.class, Coded.class));
        return rows;
    }

    private static List<Param<?>> of(Class<?>... types) {
        List<Param<?>> params = new ArrayList<>();
        for (Class<?> type : types) {
            params.add(Param.of("p", type));
        }
        return params;
    }

    private static <T> Param<T> param(TypeRef<T> type) {
        return Param.of("p", type);
    }

    /** The schema of the parameters of a function that has this one only. */
    private static Map<?, ?> parametersOf(Param<?> param) {
        ServiceInfo info = client.registerService(
                ServiceDefinition.builder("schemas")
                        .function("take", Collections.singletonList(param), invocation -> null)
                        .build(),
                RegisterOption.OVERWRITE);
        Map<?, ?> member = (Map<?, ?>) info.getServiceSchema().get("take");
        return (Map<?, ?>) ((Map<?, ?>) member.get("function")).get("parameters");
    }

    @TestFactory
    @DisplayName("every type has the schema of the table")
    Stream<DynamicTest> types() throws IOException {
        Map<String, String> table = DocumentedTable.read("schemas.md", "| Java type | JSON schema |");
        assertEquals(new ArrayList<>(table.keySet()), new ArrayList<>(rows().keySet()));
        return rows().entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    String expected = table.get(row.getKey());
                    for (Param<?> param : row.getValue()) {
                        Map<?, ?> properties = (Map<?, ?>) parametersOf(param).get("properties");
                        Map<Object, Object> schema = new LinkedHashMap<>((Map<?, ?>) properties.get("p"));
                        schema.remove("description", "");
                        assertEquals(expected, "`" + DocumentedTable.json(schema) + "`", param.toString());
                    }
                }));
    }

    @Test
    @DisplayName("a class that contains itself stands under $defs")
    void recursive() {
        assertEquals(
                "{\"type\": \"object\", \"properties\": {\"p\": {\"$ref\": \"#/$defs/Branch\"}}, \"required\": [\"p\"],"
                        + " \"$defs\": {\"Branch\": {\"type\": \"object\", \"properties\": {\"parts\": {\"type\": \"array\","
                        + " \"items\": {\"$ref\": \"#/$defs/Branch\"}}}, \"required\": [\"parts\"]}}}",
                DocumentedTable.json(parametersOf(Param.of("p", Branch.class))));
    }

    @Test
    @DisplayName("the default value of a record is given in JSON")
    void defaults() {
        Param<Spot> param = Param.optional("p", Spot.class, new Spot(0.5, "a", Optional.of(2)));
        Map<?, ?> property = (Map<?, ?>) ((Map<?, ?>) parametersOf(param).get("properties")).get("p");
        assertEquals("{\"x\": 0.5, \"name\": \"a\", \"floor\": 2}", DocumentedTable.json(property.get("default")));
    }
}
