package io.hypha.rpc.conformance.shrunk;

import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.java.TypeRef;
import io.hypha.rpc.service.Visibility;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values that are records, beans and enums of the program. The rules of the application keep them. */
final class ClassesAsValues {
    /** A constant travels by its name. */
    enum Stain {
        NONE,
        BLUE
    }

    /** A record in a record. */
    record Point(int x, int y) {}

    /** A record with everything that is found by reflection. */
    record Cell(String name, Stain stain, List<Point> outline, Optional<String> note) {}

    /** A bean. */
    public static final class Sample {
        private String owner = "nobody";
        private int weight;

        /** Whose it is. */
        public String getOwner() {
            return owner;
        }

        /** Whose it is. */
        public void setOwner(String owner) {
            this.owner = owner;
        }

        /** In milligrams. */
        public int getWeight() {
            return weight;
        }

        /** In milligrams. */
        public void setWeight(int weight) {
            this.weight = weight;
        }
    }

    private ClassesAsValues() {}

    static void show(HyphaClient provider, HyphaClient caller) {
        HyphaService service = caller.getService(provider.registerService(ServiceDefinition.builder("values")
                        .visibility(Visibility.Public)
                        .function("cell", Param.of("cell", Cell.class), cell -> cell)
                        .function("sample", Param.of("sample", Sample.class), sample -> sample)
                        .build())
                .getId());
        Cell cell = new Cell("c1", Stain.BLUE, List.of(new Point(1, 2)), Optional.of("round"));
        System.out.println("record " + service.call("cell", Cell.class, cell).equals(cell));
        Map<String, Object> map = service.call("cell", new TypeRef<>() {}, cell);
        System.out.println("record as map " + map);
        Sample sample = service.call("sample", Sample.class, Map.of("owner", "Ann", "weight", 12));
        System.out.println("bean " + sample.getOwner() + " " + sample.getWeight());
        System.out.println("bean as map " + service.call("sample", new TypeRef<Map<String, Object>>() {}, sample));
    }
}
