package io.hypha.rpc.samples;

import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaCodec;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.NDArrays;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.java.TypeRef;
import io.hypha.rpc.jvm.RemoteName;
import io.hypha.rpc.jvm.RemoteValue;
import io.hypha.rpc.value.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Classes of your own as values: {@code mvn -q compile exec:java -Dexec.mainClass=io.hypha.rpc.samples.JavaValues}. */
public final class JavaValues {
    // tag::bean[]
    @RemoteValue
    public enum Kind {
        NEURON,
        @RemoteName("blood-cell")
        BLOOD
    }

    @RemoteValue
    public static class Cell {
        public Kind kind = Kind.NEURON;
        public List<Integer> centre = new ArrayList<>();
        private Optional<String> note = Optional.empty();

        public Optional<String> getNote() {
            return note;
        }

        public void setNote(Optional<String> note) {
            this.note = note;
        }
    }
    // end::bean[]

    /** A class that cannot become a bean. */
    public static final class Angle {
        private final double radians;

        private Angle(double radians) {
            this.radians = radians;
        }

        /** An angle in degrees. */
        public static Angle degrees(double degrees) {
            return new Angle(Math.toRadians(degrees));
        }

        /** The angle in degrees. */
        public double toDegrees() {
            return Math.toDegrees(radians);
        }
    }

    private JavaValues() {}

    /** Starts a hub, and sends values to a service that sends them back. */
    public static void main(String[] args) {
        try (HyphaHub hub = HyphaHub.start();
                HyphaClient client = connect(hub.getUrl())) {
            ServiceDefinition echo = ServiceDefinition.builder("cells")
                    .function("grow", Param.of("cells", new TypeRef<List<Cell>>() {}), cells -> {
                        cells.get(0).setNote(Optional.of("grown"));
                        return cells;
                    })
                    .function("turn", Param.of("angle", Angle.class), angle -> Angle.degrees(angle.toDegrees() + 90))
                    .function("mirror", Param.of("image", NDArray.class), image -> image)
                    .build();
            show(client.getService(client.registerService(echo).getId()));
        }
    }

    private static void show(HyphaService service) {
        // tag::beans[]
        Cell cell = new Cell();
        cell.kind = Kind.BLOOD;
        List<Cell> cells = service.call("grow", new TypeRef<List<Cell>>() {}, Collections.singletonList(cell));
        System.out.println(cells.get(0).kind + " " + cells.get(0).getNote().orElse("as it was"));
        // end::beans[]

        Angle angle = service.call("turn", Angle.class, Angle.degrees(45));
        System.out.println(Math.round(angle.toDegrees()) + " degrees");

        // tag::arrays[]
        short[] pixels = {0, 1, (short) 40_000, (short) 65_535};
        NDArray image = service.call("mirror", NDArray.class, NDArrays.ofUnsigned(pixels, 2, 2));
        System.out.println(image.getDtype() + " " + NDArrays.get(image, 1, 1));
        short[] received = NDArrays.toUnsignedShorts(image);
        // end::arrays[]
        System.out.println(received.length + " pixels");
    }

    private static HyphaClient connect(String url) {
        // tag::codec[]
        return Hypha.builder(url)
                .codec(HyphaCodec.of(
                        "angle",
                        Angle.class,
                        angle -> Collections.singletonMap("degrees", angle.toDegrees()),
                        (Map<String, Object> map) -> Angle.degrees((Double) map.get("degrees"))))
                .connect();
        // end::codec[]
    }
}
