package io.hypha.rpc.java;

import io.hypha.rpc.call.CallContext;
import io.hypha.rpc.call.Parameter;
import io.hypha.rpc.jvm.BlockingFunctions;
import io.hypha.rpc.value.Shape;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

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
    private final boolean takesKeywords;

    private Param(
            String name, Type type, String description, boolean isOptional, T defaultValue, boolean takesKeywords) {
        this.name = Objects.requireNonNull(name, "name");
        this.type = Objects.requireNonNull(type, "type");
        requireArgument(name, type, takesKeywords);
        this.description = description;
        this.isOptional = isOptional;
        this.defaultValue = defaultValue;
        this.takesKeywords = takesKeywords;
    }

    /** Callers must not be able to say who calls. */
    private static void requireArgument(String name, Type type, boolean takesKeywords) {
        if (type == CallContext.class) {
            throw new IllegalArgumentException("'" + name + "': who calls is no argument; take function(name,"
                    + " parameters, call -> …), where call.context() says it");
        } else if (type == Kwargs.class && !takesKeywords) {
            throw new IllegalArgumentException(
                    "'" + name + "': a parameter for further keywords is Param.kwargs(\"" + name + "\")");
        }
    }

    /**
     * A parameter that callers have to pass; {@code null} is refused, unless the type is {@code Object}. One of the
     * type {@code OptionalInt}, {@code OptionalLong} or {@code OptionalDouble} may be left out.
     */
    public static <T> Param<T> of(String name, Class<T> type) {
        return new Param<>(name, type, null, false, null, false);
    }

    /**
     * A parameter that callers have to pass; {@code null} is refused. An {@code Optional} one may be left out, or
     * passed as {@code null}, and is empty then.
     */
    public static <T> Param<T> of(String name, TypeRef<T> type) {
        return new Param<>(name, type.type(), null, false, null, false);
    }

    /** A parameter that callers may leave out, or pass {@code null} for; the handler then gets the default value. */
    public static <T> Param<T> optional(String name, Class<T> type, T defaultValue) {
        if (defaultValue == null && type.isPrimitive()) {
            throw new IllegalArgumentException("the default of '" + name + "' is null, which no " + type + " can be");
        }
        return new Param<>(name, type, null, true, defaultValue, false);
    }

    /** A parameter that callers may leave out, or pass {@code null} for; the handler then gets the default value. */
    public static <T> Param<T> optional(String name, TypeRef<T> type, T defaultValue) {
        return new Param<>(name, type.type(), null, true, defaultValue, false);
    }

    /**
     * A parameter that takes all keyword arguments which name no other one, by their names; empty when there are none.
     * It comes last. Without one such keywords are errors of the caller.
     */
    public static Param<Kwargs> kwargs(String name) {
        return new Param<>(name, Kwargs.class, null, false, null, true);
    }

    /** The same parameter with a word on what it is for, for people and for schemas. */
    public Param<T> describedAs(String text) {
        return new Param<>(name, type, text, isOptional, defaultValue, takesKeywords);
    }

    /** The name. */
    public String name() {
        return name;
    }

    boolean takesKeywords() {
        return takesKeywords;
    }

    Parameter parameter() {
        Object empty = isOptional ? null : emptyOf(type);
        if (empty != null) {
            return BlockingFunctions.optionalParameter(name, description, Values.SHAPES.required(type), empty);
        }
        if (isOptional) {
            Shape<?> shape = defaultValue == null ? Values.SHAPES.nullable(type) : Values.SHAPES.required(type);
            return BlockingFunctions.optionalParameter(name, description, shape, defaultValue);
        }
        return BlockingFunctions.parameter(name, description, Values.SHAPES.required(type));
    }

    /** What an optional type is when there is nothing; {@code null} for other types. */
    private static Object emptyOf(Type type) {
        Type raw = type instanceof ParameterizedType ? ((ParameterizedType) type).getRawType() : type;
        if (raw == Optional.class) {
            return Optional.empty();
        } else if (raw == OptionalInt.class) {
            return OptionalInt.empty();
        } else if (raw == OptionalLong.class) {
            return OptionalLong.empty();
        }
        return raw == OptionalDouble.class ? OptionalDouble.empty() : null;
    }

    /** A parameter of a callback, which has no name. */
    static Parameter anonymous(int index, Type type) {
        Objects.requireNonNull(type, "the type of a parameter");
        return BlockingFunctions.parameter("arg" + index, null, Values.SHAPES.nullable(type));
    }

    @Override
    public String toString() {
        return "Param(" + name + ": " + TypeRef.nameOf(type) + ")";
    }
}
