package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.MethodNotFoundException;
import io.hypha.rpc.service.ServiceInfo;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Functions of services as tools of language models. */
class ToolsTest {
    private static TwoClients clients;
    private static ServiceInfo info;
    private static HyphaTools tools;

    @BeforeAll
    static void offer() {
        clients = new TwoClients();
        info = clients.provider.registerService(TwoClients.open("weather")
                .function(
                        "forecast",
                        Param.of("city", String.class).describedAs("Where"),
                        Param.optional("days", Integer.class, 1),
                        (city, days) -> Collections.nCopies(days, city.length()))
                .describe("forecast", "The temperatures to come")
                .group("math", math -> math.function("largest", () -> new BigInteger("18446744073709551615")))
                .function("more", Param.of("a", Integer.class), Param.kwargs("rest"), (a, rest) -> rest.asMap())
                .build());
        tools = clients.caller.getService(info.getId()).tools();
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    @Test
    @DisplayName("every function has a definition, as values and as JSON text, also from what the server knows")
    void definitions() {
        assertEquals(Arrays.asList("forecast", "math_largest", "more"), tools.names());
        Map<String, Object> function = asMap(tools.definitions().get(0).get("function"));
        assertEquals("forecast", function.get("name"));
        assertEquals("The temperatures to come", function.get("description"));
        Map<String, Object> parameters = asMap(function.get("parameters"));
        assertEquals(Collections.singletonList("city"), parameters.get("required"));
        assertTrue(
                tools.definitionsJson().startsWith("[{\"type\":\"function\",\"function\":{\"name\":\"forecast\""),
                tools.definitionsJson());
        assertEquals(tools.definitions(), HyphaTools.definitionsOf(info));
        assertEquals(tools.definitionsJson(), HyphaTools.definitionsJsonOf(info));
        assertEquals(tools.definitions(), tools.async().definitions());
        assertEquals(tools.definitionsJson(), tools.async().definitionsJson());
        assertEquals(tools.names(), tools.async().blocking().names());
    }

    @Test
    @DisplayName("JSON text in, JSON text out")
    void json() throws Exception {
        assertEquals("[4,4]", tools.run("forecast", "{\"city\": \"Bern\", \"days\": 2}"));
        assertEquals("18446744073709551615", tools.run("math_largest", ""));
        assertEquals(
                "[4]", tools.async().run("forecast", "{\"city\": \"Bern\"}").get(30, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("values in, values out")
    void values() throws Exception {
        Map<String, Object> arguments = Collections.singletonMap("city", "Bern");
        assertEquals(Collections.singletonList(4L), tools.run("forecast", arguments));
        assertEquals(new BigInteger("18446744073709551615"), tools.run("math_largest", Collections.emptyMap()));
        assertEquals(
                Collections.singletonList(4L),
                tools.async().run("forecast", arguments).get(30, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("a function that takes further keywords says so, and gets them")
    void keywords() {
        assertEquals("{\"b\":2}", tools.run("more", "{\"a\": 1, \"b\": 2}"));
        Map<String, Object> function = asMap(tools.definitions().get(2).get("function"));
        assertEquals(true, asMap(function.get("parameters")).get("additionalProperties"));
    }

    @Test
    @DisplayName("what does not fit is refused in words for the model, without quoting arguments")
    void problems() {
        assertTrue(problem("{\"town\": \"Bern\"}").contains("has no parameters [town]"));
        assertTrue(problem("{}").contains("misses its arguments [city]"));
        assertTrue(problem("{\"city\": secret").contains("are no JSON object"));
        IllegalArgumentException noJson = assertThrows(
                IllegalArgumentException.class,
                () -> tools.run("forecast", Collections.singletonMap("city", new Object())));
        assertEquals("the arguments of the tool 'forecast' hold something that is no JSON value", noJson.getMessage());
        assertThrows(MethodNotFoundException.class, () -> tools.run("backcast", "{}"));
    }

    private static String problem(String arguments) {
        String message = assertThrows(IllegalArgumentException.class, () -> tools.run("forecast", arguments))
                .getMessage();
        assertTrue(!message.contains("Bern") && !message.contains("secret"), message);
        return message;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }
}
