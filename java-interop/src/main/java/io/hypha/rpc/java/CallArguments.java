package io.hypha.rpc.java;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The arguments of a call as Java programs write them: by place, and by name when {@link Kwargs} come last. */
final class CallArguments {
    private final List<Object> args;
    private final Map<String, Object> kwargs;

    /** @param arguments {@code null} means one argument, {@code null}. */
    CallArguments(Object[] arguments) {
        int count = arguments == null ? 1 : arguments.length;
        if (arguments == null) {
            args = Collections.singletonList(null);
            kwargs = Collections.emptyMap();
        } else if (count > 0 && arguments[count - 1] instanceof Kwargs) {
            args = Arrays.asList(Arrays.copyOf(arguments, count - 1));
            kwargs = ((Kwargs) arguments[count - 1]).values();
        } else {
            args = Arrays.asList(arguments.clone());
            kwargs = Collections.emptyMap();
        }
        for (Object argument : args) {
            if (argument instanceof Kwargs) {
                throw new IllegalArgumentException("keyword arguments come last: " + argument + " does not");
            }
        }
    }

    List<Object> args() {
        return args;
    }

    Map<String, Object> kwargs() {
        return kwargs;
    }
}
