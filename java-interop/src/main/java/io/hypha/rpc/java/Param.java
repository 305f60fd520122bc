package io.hypha.rpc.java;

import io.hypha.rpc.call.Parameter;
import io.hypha.rpc.jvm.BlockingFunctions;
import java.lang.reflect.Type;
import java.util.Objects;

/**
 * A parameter of a function that others can call, with the name under which they may pass it by keyword.
 *
 * @param <T> its type.
 */
public final class Param<T> {
    private final String name;
    private final Type type;
    private final String description;
    private final boolean isOptional;
    private final T defaultValue;

    private Param(String name, Type type, String description, boolean isOptional, T defaultValue) {
        this.name = Objects.requireNonNull(name, "name");
        this.type = Objects.requireNonNull(type, "type");
        this.description = description;
        this.isOptional = isOptional;
        this.defaultValue = defaultValue;
    }

    /** A parameter that callers have to pass; {@code null} is refused, unless the type is {@code Object}. */
    public static <T> Param<T> of(String name, Class<T> type) {
        return new Param<>(name, type, null, false, null);
    }

    /** A parameter that callers have to pass; {@code null} is refused. */
    public static <T> Param<T> of(String name, TypeRef<T> type) {
        return new Param<>(name, type.type(), null, false, null);
    }

    /** A parameter that callers may leave out, or pass {@code null} for; the handler then gets the default value. */
    public static <T> Param<T> optional(String name, Class<T> type, T defaultValue) {
        return new Param<>(name, type, null, true, defaultValue);
    }

    /** A parameter that callers may leave out, or pass {@code null} for; the handler then gets the default value. */
    public static <T> Param<T> optional(String name, TypeRef<T> type, T defaultValue) {
        return new Param<>(name, type.type(), null, true, defaultValue);
    }

    /** The same parameter with a word on what it is for, for people and for schemas. */
    public Param<T> describedAs(String text) {
        return new Param<>(name, type, text, isOptional, defaultValue);
    }

    /** The name. */
    public String name() {
        return name;
    }

    Parameter parameter() {
        if (isOptional) {
            return BlockingFunctions.optionalParameter(name, description, Values.SHAPES.required(type), defaultValue);
        }
        return BlockingFunctions.parameter(name, description, Values.SHAPES.required(type));
    }

    /** A parameter of a callback, which has no name. */
    static Parameter anonymous(int index, Type type) {
        return BlockingFunctions.parameter("arg" + index, null, Values.SHAPES.nullable(type));
    }

    @Override
    public String toString() {
        return "Param(" + name + ": " + TypeRef.nameOf(type) + ")";
    }
}
