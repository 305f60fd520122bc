package io.hypha.rpc.java;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Objects;

/** A generic type whose arguments are known. Equal to those that Java itself makes of the same parts. */
final class BoundType implements ParameterizedType {
    private final Type owner;
    private final Class<?> raw;
    private final Type[] arguments;

    BoundType(Type owner, Class<?> raw, Type... arguments) {
        this.owner = owner;
        this.raw = raw;
        this.arguments = arguments;
    }

    @Override
    public Type[] getActualTypeArguments() {
        return arguments.clone();
    }

    @Override
    public Type getRawType() {
        return raw;
    }

    @Override
    public Type getOwnerType() {
        return owner;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof ParameterizedType)) {
            return false;
        }
        ParameterizedType that = (ParameterizedType) other;
        return raw.equals(that.getRawType())
                && Objects.equals(owner, that.getOwnerType())
                && Arrays.equals(arguments, that.getActualTypeArguments());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(arguments) ^ Objects.hashCode(owner) ^ raw.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(raw.getName()).append('<');
        for (int index = 0; index < arguments.length; index++) {
            text.append(index == 0 ? "" : ", ").append(TypeRef.nameOf(arguments[index]));
        }
        return text.append('>').toString();
    }
}
