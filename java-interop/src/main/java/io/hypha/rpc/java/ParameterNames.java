package io.hypha.rpc.java;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;

/** The names of parameters that {@code javac -parameters} left in a class. Android has them from API level 26 on. */
final class ParameterNames {
    private ParameterNames() {}

    /** The name of one parameter; {@code null} when there is none. */
    static String of(Method method, int index) {
        try {
            return Kept.of(method, index);
        } catch (LinkageError e) {
            return null; // Android below API level 26.
        }
    }

    @BeyondAndroid24
    private static final class Kept {
        static String of(Method method, int index) {
            Parameter parameter = method.getParameters()[index];
            return parameter.isNamePresent() ? parameter.getName() : null;
        }
    }
}
