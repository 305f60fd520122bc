package io.hypha.rpc.java;

import java.util.Collection;
import java.util.Map;

/** Looks for what cannot be a constant of a service in values that are to be one. */
final class Constants {
    private Constants() {}

    /**
     * The value itself.
     *
     * @throws IllegalArgumentException when it is or holds a callback or an interface object.
     */
    static Object checked(String name, Object value) {
        check(name, value);
        return value;
    }

    private static void check(String name, Object value) {
        if (value instanceof Callback) {
            throw new IllegalArgumentException(
                    "'" + name + "' holds a callback, which belongs to one call: add it with function(…) or action(…)");
        } else if (value instanceof HyphaInterface) {
            throw new IllegalArgumentException(
                    "'" + name + "' holds an interface object, which is lent to one client: return it from a function");
        } else if (value instanceof Map) {
            ((Map<?, ?>) value).values().forEach(element -> check(name, element));
        } else if (value instanceof Collection) {
            ((Collection<?>) value).forEach(element -> check(name, element));
        } else if (value instanceof Object[]) {
            for (Object element : (Object[]) value) {
                check(name, element);
            }
        }
    }
}
