package io.hypha.rpc.conformance.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.HyphaException;
import io.hypha.rpc.java.HyphaInterface;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.Param;
import io.hypha.rpc.java.TypeRef;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Objects that Java and the real JavaScript client lend to each other. */
class InterfaceObjectsTest {
    private static final TypeRef<Map<String, Object>> MAP = new TypeRef<Map<String, Object>>() {};

    private static JavaStage stage;
    private static HyphaService javaScript;

    @BeforeAll
    static void set() {
        stage = new JavaStage();
        javaScript = stage.client.getService(stage.provider.getAddress() + ":js-interfaces");
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    private static HyphaInterface counter() {
        AtomicInteger count = new AtomicInteger();
        return HyphaInterface.builder()
                .function("next", Param.optional("by", Integer.class, 1), count::addAndGet)
                .value("limit", 5)
                .build();
    }

    @Test
    @DisplayName("JavaScript keeps an object of Java, calls it after its call, and disposes of it")
    void lentByJava() {
        HyphaInterface lent = counter();
        assertEquals(true, javaScript.call("keep", MAP, lent).get("marked"));
        assertEquals(1, lent.ids().size());
        HeldSessions.assertNoneLeft(stage.client);
        assertEquals(1L, javaScript.call("callKept", MAP, "next").get("value"));
        assertEquals(6L, javaScript.call("callKept", MAP, "next", 5).get("value"));
        javaScript.call("disposeKept", MAP);
        assertTrue(lent.ids().isEmpty());
        assertTrue(javaScript.call("callKept", MAP, "next").containsKey("error"));
    }

    @Test
    @DisplayName("what Java disposes of cannot be called by JavaScript any more")
    void withdrawnByJava() {
        HyphaInterface lent = counter();
        javaScript.call("keep", MAP, lent);
        lent.dispose();
        String error = String.valueOf(javaScript.call("callKept", MAP, "next").get("error"));
        assertTrue(error.contains("Method expired or not found"), error);
    }

    @Test
    @DisplayName("Java keeps an object of JavaScript, calls it after its call, and disposes of it")
    void lentByJavaScript() {
        int before = javaScript.call("lentCount", Integer.class);
        HyphaService counter = javaScript.call("lend", HyphaService.class, 10);
        assertEquals(before + 1, javaScript.call("lentCount", Integer.class));
        assertEquals(15, counter.call("next", Integer.class, 5));
        assertEquals(16, counter.call("next", Integer.class));
        assertEquals(10, counter.value("start", Integer.class));
        counter.dispose();
        assertEquals(before, javaScript.call("lentCount", Integer.class));
        assertThrows(HyphaException.class, () -> counter.call("next", Integer.class));
    }
}
