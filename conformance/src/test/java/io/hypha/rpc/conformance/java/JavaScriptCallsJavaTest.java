package io.hypha.rpc.conformance.java;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The scenarios of the real JavaScript client against a service that is written in Java. */
class JavaScriptCallsJavaTest {
    /** A thrown string and a result that is never answered: other languages have neither. */
    private static final String ONLY_JAVASCRIPT = "errors: peculiar to a JavaScript provider";

    private static JavaStage stage;
    private static String service;

    @BeforeAll
    static void set() {
        stage = new JavaStage();
        service = stage.client
                .registerService(new JavaProvider(stage.client).definition("java-provider"))
                .getId();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @TestFactory
    @DisplayName("JavaScript calls Java")
    List<DynamicTest> scenarios() {
        List<String> names = stage.peer.scenarios(null);
        assertTrue(names.size() >= 20);
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : names) {
            if (!name.equals(ONLY_JAVASCRIPT)) {
                tests.add(dynamicTest(name, () -> stage.peer.scenario(name, service)));
            }
        }
        return tests;
    }
}
