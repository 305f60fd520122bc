package io.hypha.rpc.java;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Arguments by name, given as the last argument of a call: {@code service.call("resize", NDArray.class, image,
 * Kwargs.of("width", 320).and("height", 240))}. Immutable.
 */
public final class Kwargs {
    private final Map<String, Object> values;

    Kwargs(Map<String, Object> values) {
        this.values = values;
    }

    /** One argument, which may be {@code null}. */
    public static Kwargs of(String name, Object value) {
        return new Kwargs(Collections.emptyMap()).and(name, value);
    }

    /**
     * The same with one more argument, which may be {@code null}.
     *
     * @throws IllegalArgumentException when there is one of that name.
     */
    public Kwargs and(String name, Object value) {
        Objects.requireNonNull(name, "name");
        if (values.containsKey(name)) {
            throw new IllegalArgumentException("the argument '" + name + "' is given twice");
        }
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Kwargs(more);
    }

    /** The arguments by name, as a map that cannot be changed. */
    public Map<String, Object> asMap() {
        return Collections.unmodifiableMap(values);
    }

    Map<String, Object> values() {
        return values;
    }

    /** The names only: values may be secret. */
    @Override
    public String toString() {
        return "Kwargs" + values.keySet();
    }
}
