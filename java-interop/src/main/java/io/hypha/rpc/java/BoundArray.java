package io.hypha.rpc.java;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;

/** An array of a generic type whose arguments are known. */
final class BoundArray implements GenericArrayType {
    private final Type component;

    BoundArray(Type component) {
        this.component = component;
    }

    @Override
    public Type getGenericComponentType() {
        return component;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GenericArrayType
                && component.equals(((GenericArrayType) other).getGenericComponentType());
    }

    @Override
    public int hashCode() {
        return component.hashCode();
    }

    @Override
    public String toString() {
        return TypeRef.nameOf(component) + "[]";
    }
}
