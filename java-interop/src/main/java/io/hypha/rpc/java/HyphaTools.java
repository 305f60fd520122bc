package io.hypha.rpc.java;

import io.hypha.rpc.jvm.JavaTools;
import io.hypha.rpc.service.ServiceInfo;
import java.util.List;
import java.util.Map;

/**
 * The functions of a remote service as tools for a language model: hand {@link #definitions} or
 * {@link #definitionsJson} to its API, and every call that it answers with to {@link #run(String, String)}. Made by
 * {@link HyphaService#tools}. Safe for use by several threads.
 *
 * <p>Names of nested functions are joined by {@code _}: {@code math.mul} becomes {@code math_mul}. Should two functions
 * come to the same name, the later one ends in {@code _2}. Functions that want a callback or a stream are there too,
 * for a schema cannot say that.
 */
public final class HyphaTools {
    private final JavaTools tools;

    HyphaTools(JavaTools tools) {
        this.tools = tools;
    }

    /** The same tools, which return futures in place of waiting. */
    public HyphaAsyncTools async() {
        return new HyphaAsyncTools(tools);
    }

    /** The names that models know them by, {@code [a-zA-Z0-9_-]{1,64}}. */
    public List<String> names() {
        return tools.getNames();
    }

    /**
     * The definitions of all tools, each {@code {"type": "function", "function": {"name", "description",
     * "parameters"}}}, as maps and lists. A function that its provider does not describe has no parameters there.
     */
    public List<Map<String, Object>> definitions() {
        return JsonValues.definitions(tools.getDefinitions());
    }

    /** The same as the text of a JSON array, for the {@code tools} of a request. */
    public String definitionsJson() {
        return tools.getDefinitionsJson();
    }

    /**
     * The definitions of the tools of a service without a connection to its provider, with the same names. Empty when
     * the server keeps no schema of the service.
     *
     * @param info what the server knows of it.
     */
    public static List<Map<String, Object>> definitionsOf(ServiceInfo info) {
        return JsonValues.definitions(JavaTools.definitionsOf(info));
    }

    /** The same as the text of a JSON array. */
    public static String definitionsJsonOf(ServiceInfo info) {
        return JavaTools.definitionsJsonOf(info);
    }

    /**
     * Calls the function with the arguments that a model returned, and gives back the result for it to read.
     *
     * <p>Arguments go by name to providers that are known to bind names, which are those in Python and of this library,
     * and by position to all others; those left out in between are then their defaults, or {@code null}. A null for an
     * argument that may be left out, but not be null, leaves it out. Bytes are base64 text in both directions, where
     * the schema says {@code "format": "binary"} among the arguments.
     *
     * <p>In the result arrays of numbers are nested lists, streams lists of all their items (at most 10,000), numbers
     * that JSON lacks are texts, and error values are {@code {"error": message}}.
     *
     * @param argumentsJson the text of a JSON object; an empty one stands for no arguments.
     * @return JSON text.
     * @throws IllegalArgumentException when the arguments do not fit the definition; nothing was sent. The message is
     *     fit for the model.
     * @throws io.hypha.rpc.MethodNotFoundException when there is no tool of that name; nothing was sent.
     * @throws io.hypha.rpc.EncodingException when the result has no form in JSON, such as a function.
     * @throws io.hypha.rpc.HyphaException when the call fails.
     */
    public String run(String name, String argumentsJson) {
        return tools.getExecution().await(continuation -> tools.run(name, argumentsJson, continuation));
    }

    /**
     * The same with values in place of JSON text, in both directions.
     *
     * @param arguments maps, lists, text, numbers and booleans.
     * @return such values too, or {@code null}: integers as {@code Long}, {@code BigInteger} beyond, other numbers as
     *     {@code Double}.
     */
    public Object run(String name, Map<String, ?> arguments) {
        return tools.getExecution().await(JsonValues.call(continuation -> tools.run(name, arguments, continuation)));
    }

    @Override
    public String toString() {
        return "HyphaTools" + names();
    }
}
