package io.hypha.rpc.java;

import io.hypha.rpc.jvm.JavaTools;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The functions of a remote service as tools for a language model, which return futures: {@link HyphaTools} in its
 * other form. Safe for use by several threads. What is said at {@link HyphaAsyncFunction} holds for its futures.
 */
public final class HyphaAsyncTools {
    private final JavaTools tools;

    HyphaAsyncTools(JavaTools tools) {
        this.tools = tools;
    }

    /** The same tools, which wait for their results. */
    public HyphaTools blocking() {
        return new HyphaTools(tools);
    }

    /** The names that models know them by, {@code [a-zA-Z0-9_-]{1,64}}. */
    public List<String> names() {
        return tools.getNames();
    }

    /** The definitions of all tools as maps and lists: see {@link HyphaTools#definitions}. */
    public List<Map<String, Object>> definitions() {
        return JsonValues.definitions(tools.getDefinitions());
    }

    /** The same as the text of a JSON array, for the {@code tools} of a request. */
    public String definitionsJson() {
        return tools.getDefinitionsJson();
    }

    /** Calls the function with JSON text, and returns such: see {@link HyphaTools#run(String, String)}. */
    public CompletableFuture<String> run(String name, String argumentsJson) {
        return tools.getExecution().future(continuation -> tools.run(name, argumentsJson, continuation));
    }

    /** Calls the function with values, and returns such: see {@link HyphaTools#run(String, Map)}. */
    public CompletableFuture<Object> run(String name, Map<String, ?> arguments) {
        return tools.getExecution().future(JsonValues.call(continuation -> tools.run(name, arguments, continuation)));
    }

    @Override
    public String toString() {
        return "HyphaAsyncTools" + names();
    }
}
