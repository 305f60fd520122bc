package io.hypha.rpc.benchmarks.peer;

import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.ServiceDefinition;
import io.hypha.rpc.service.Visibility;
import io.hypha.rpc.value.NDArray;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * A process with one client as a Java program has it: {@code <hub> provider}, or {@code <hub> caller <service id>}. It
 * does what the lines on stdin say; they are those of {@link Commands}.
 */
public final class JavaPeer {
    private JavaPeer() {}

    /** Serves until stdin ends. */
    public static void main(String[] args) throws IOException {
        try (HyphaClient client = Hypha.connect(args[0])) {
            JavaLoad load = null;
            if (args[1].equals("provider")) {
                System.out.println("ready " + client.registerService(SERVICE).getId());
            } else {
                load = new JavaLoad(client.getService(args[2]));
                load.check();
                System.out.println("ready");
            }
            serve(load);
        }
    }

    /** What is called: the same three functions as in {@code BenchmarkService.kt}. */
    private static final ServiceDefinition SERVICE = ServiceDefinition.builder("benchmark")
            .visibility(Visibility.Public)
            .function("hello", Param.of("name", String.class), name -> "Hello " + name)
            .function("echo", Param.of("array", NDArray.class), array -> array)
            .function("count", () -> IntStream.iterate(0, next -> next + 1))
            .build();

    private static void serve(JavaLoad load) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("allocated")) {
                System.out.println(AllocatedBytes.INSTANCE.total());
            } else {
                long start = System.nanoTime();
                long end = start + Long.parseLong(words[2]) * 1_000_000;
                long count = load.run(words[0], Integer.parseInt(words[1]), end);
                System.out.println(count + " " + (System.nanoTime() - start));
            }
        }
    }
}
