package io.hypha.rpc.conformance.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.hypha.rpc.conformance.project.Project;
import io.hypha.rpc.samples.ImageFilter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The sample that filters images, called by the real JavaScript client with the pixels of a picture. */
class ImageFilterTest {
    private static JavaStage stage;
    private static String service;

    @BeforeAll
    static void offer() {
        stage = new JavaStage();
        service = stage.client.registerService(ImageFilter.service()).getId();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @TestFactory
    @DisplayName("JavaScript has Java filter its pictures")
    List<DynamicTest> scenarios() {
        List<String> names = stage.peer.scenarios("images");
        assertEquals(3, names.size());
        return names.stream()
                .map(name -> dynamicTest(name, () -> stage.peer.scenario(name, service)))
                .collect(Collectors.toList());
    }

    @Test
    @DisplayName("the JavaScript program of the README has a picture inverted")
    void program() throws IOException, InterruptedException {
        Process program = new ProcessBuilder("node", "src/test/js/image-filter.mjs", service, stage.url())
                .directory(new File(Project.INSTANCE.getRoot(), "conformance"))
                .redirectErrorStream(true)
                .start();
        try {
            assertTrue(program.waitFor(60, TimeUnit.SECONDS), "the program ends");
            String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(output.contains("uint8 of 32 × 64 × 3, beginning with 55,55,55"), output);
        } finally {
            program.destroyForcibly();
        }
    }
}
