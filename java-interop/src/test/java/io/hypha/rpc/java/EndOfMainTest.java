package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hypha.rpc.hub.HyphaHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndOfMainTest {
    private static HyphaHub hub;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        hub = HyphaHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    @DisplayName("a program that closes its client ends within two seconds, without System.exit")
    void closed() throws Exception {
        assertEnds(Paths.get(System.getProperty("java.home")), "close");
    }

    @Test
    @DisplayName("a program that forgets to close its client ends too")
    void forgotten() throws Exception {
        assertEnds(Paths.get(System.getProperty("java.home")), "forget");
    }

    @Test
    @DisplayName("so does one on a JVM with virtual threads")
    void withVirtualThreads() throws Exception {
        List<Path> newer = newerJvms();
        assumeTrue(!newer.isEmpty(), "no JVM of version 21 or later is installed");
        for (Path home : newer) {
            assertEnds(home, "close");
            assertEnds(home, "forget");
        }
    }

    private void assertEnds(Path javaHome, String whatToDo) throws Exception {
        Path output = folder.resolve("output");
        Process program = new ProcessBuilder(
                        javaHome.resolve("bin").resolve("java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndingMain.class.getName(),
                        hub.getUrl(),
                        whatToDo)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean hasEnded = program.waitFor(60, TimeUnit.SECONDS);
            String said = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
            assertTrue(hasEnded, said);
            assertEquals(0, program.exitValue(), said);
            assertTrue(said.contains("2 6 15 3 1"), said);
            assertTrue(millisecondsIn(said) < 2000, said);
        } finally {
            program.destroyForcibly();
        }
    }

    private static int millisecondsIn(String said) {
        String[] words = said.substring(said.indexOf("ended after ")).split(" ");
        return Integer.parseInt(words[2]);
    }

    /** The installed JVMs that have virtual threads. */
    private static List<Path> newerJvms() throws IOException {
        Path all = Paths.get("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return java.util.Collections.emptyList();
        }
        try (Stream<Path> homes = Files.list(all)) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin").resolve("java")))
                    .filter(home -> versionOf(home) >= 21)
                    .collect(Collectors.toList());
        }
    }

    private static int versionOf(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.split("\"")[1].split("[.+-]")[0])
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
