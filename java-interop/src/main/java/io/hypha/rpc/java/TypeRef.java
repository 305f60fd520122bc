package io.hypha.rpc.java;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A type with its type arguments, which a {@code Class} cannot express: {@code new TypeRef<List<Integer>>() {}}. Two of
 * the same type are equal.
 *
 * @param <T> the type.
 */
public abstract class TypeRef<T> {
    private final Type type;

    private TypeRef(Type type) {
        this.type = type;
    }

    /** The same as a class, where others beside it need a {@code TypeRef}. */
    public static <T> TypeRef<T> of(Class<T> type) {
        return new TypeRef<T>(Objects.requireNonNull(type, "type")) {};
    }

    /**
     * Takes the type from the anonymous subclass.
     *
     * @throws IllegalStateException when it is not written out, or mentions a type parameter, such as the {@code T} of
     *     a generic method: what that stands for is not known when the program runs.
     */
    protected TypeRef() {
        Type parent = getClass().getGenericSuperclass();
        if (!(parent instanceof ParameterizedType) || ((ParameterizedType) parent).getRawType() != TypeRef.class) {
            throw new IllegalStateException("write the type out: new TypeRef<List<String>>() {}");
        }
        type = ((ParameterizedType) parent).getActualTypeArguments()[0];
        if (hasParameter(type)) {
            throw new IllegalStateException("what the type parameter in " + nameOf(type)
                    + " stands for is not known when the program runs: have the caller pass the TypeRef");
        }
    }

    private static boolean hasParameter(Type type) {
        if (type instanceof ParameterizedType) {
            return Arrays.stream(((ParameterizedType) type).getActualTypeArguments())
                    .anyMatch(TypeRef::hasParameter);
        } else if (type instanceof GenericArrayType) {
            return hasParameter(((GenericArrayType) type).getGenericComponentType());
        } else if (type instanceof WildcardType) {
            WildcardType wildcard = (WildcardType) type;
            return Stream.of(wildcard.getUpperBounds(), wildcard.getLowerBounds())
                    .flatMap(Arrays::stream)
                    .anyMatch(TypeRef::hasParameter);
        }
        return type instanceof TypeVariable;
    }

    /** The type. */
    public final Type type() {
        return type;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof TypeRef && ((TypeRef<?>) other).type.equals(type);
    }

    @Override
    public final int hashCode() {
        return type.hashCode();
    }

    @Override
    public final String toString() {
        return "TypeRef(" + nameOf(type) + ")";
    }

    /** How a program writes the type; {@code Type.getTypeName} is on Android from API level 28 on only. */
    static String nameOf(Type type) {
        return type instanceof Class ? ((Class<?>) type).getName() : type.toString();
    }
}
