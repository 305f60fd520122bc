package io.hypha.rpc.java;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/** A method as one class or interface of a hierarchy declares it. */
final class FoundMethod {
    final TypeLevel level;
    final Method method;
    private final Type[] parameters;

    FoundMethod(TypeLevel level, Method method) {
        this.level = level;
        this.method = method;
        this.parameters = method.getGenericParameterTypes();
    }

    /**
     * What it has in common with those that it overrides, and not with others of its name. Types that cannot be read
     * are those of the compiled method.
     */
    List<Object> overload() {
        List<Object> overload = new ArrayList<>();
        overload.add(method.getName());
        for (int index = 0; index < parameters.length; index++) {
            try {
                overload.add(parameter(index));
            } catch (IllegalArgumentException e) {
                overload.add(method.getParameterTypes()[index]);
            }
        }
        return overload;
    }

    /** @throws IllegalArgumentException when the type cannot be stated by others. */
    Type parameter(int index) {
        return Generics.resolve(parameters[index], level.bindings);
    }

    /** @throws IllegalArgumentException when the type cannot be stated by others. */
    Type result() {
        return Generics.resolve(method.getGenericReturnType(), level.bindings);
    }
}
