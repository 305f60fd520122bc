package io.hypha.rpc.java;

import io.hypha.rpc.jvm.Suspending;
import java.util.List;
import java.util.Map;

/** Values that came out of JSON, as Java knows them. */
final class JsonValues {
    private JsonValues() {}

    @SuppressWarnings("unchecked") // A JSON array of objects, whose keys are text.
    static List<Map<String, Object>> definitions(Object array) {
        return (List<Map<String, Object>>) Values.toJava(array);
    }

    /** The call with its result as Java knows it. */
    static Suspending<Object> call(Suspending<Object> call) {
        return call.map(Values::toJava);
    }
}
