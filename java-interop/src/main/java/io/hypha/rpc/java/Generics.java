package io.hypha.rpc.java;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;

/** Types as they stand in declarations, their type parameters replaced by what these are bound to. */
final class Generics {
    private Generics() {}

    /**
     * The type without type parameters and wildcards; {@code ? super T} and {@code ? extends T} are {@code T}.
     *
     * @throws IllegalArgumentException when it mentions a type parameter that is not bound.
     */
    static Type resolve(Type type, Map<TypeVariable<?>, Type> bindings) {
        if (type instanceof ParameterizedType) {
            ParameterizedType generic = (ParameterizedType) type;
            Type[] arguments = generic.getActualTypeArguments();
            for (int index = 0; index < arguments.length; index++) {
                arguments[index] = resolve(arguments[index], bindings);
            }
            return new BoundType(generic.getOwnerType(), (Class<?>) generic.getRawType(), arguments);
        } else if (type instanceof GenericArrayType) {
            return arrayOf(resolve(((GenericArrayType) type).getGenericComponentType(), bindings));
        } else if (type instanceof WildcardType) {
            Type[] lower = ((WildcardType) type).getLowerBounds();
            return resolve(lower.length > 0 ? lower[0] : ((WildcardType) type).getUpperBounds()[0], bindings);
        } else if (type instanceof TypeVariable) {
            Type bound = bindings.get(type);
            if (bound == null) {
                throw new IllegalArgumentException(
                        "it has type parameters of its own, which a caller elsewhere cannot state");
            }
            return bound;
        }
        return type;
    }

    private static Type arrayOf(Type component) {
        boolean isClass = component instanceof Class;
        return isClass ? Array.newInstance((Class<?>) component, 0).getClass() : new BoundArray(component);
    }

    /** What the type parameters of a type are; those that are left open are what they extend. */
    static Map<TypeVariable<?>, Type> bindings(Type type) {
        TypeVariable<?>[] parameters = rawClass(type).getTypeParameters();
        boolean isBound = type instanceof ParameterizedType;
        Type[] arguments = isBound ? ((ParameterizedType) type).getActualTypeArguments() : null;
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        for (int index = 0; index < parameters.length; index++) {
            bindings.put(parameters[index], isBound ? arguments[index] : erased(parameters[index]));
        }
        return bindings;
    }

    private static Class<?> erased(Type type) {
        if (type instanceof TypeVariable) {
            return erased(((TypeVariable<?>) type).getBounds()[0]);
        } else if (type instanceof WildcardType) {
            return erased(((WildcardType) type).getUpperBounds()[0]);
        }
        return rawClass(type);
    }

    /** The class of a type without type parameters. */
    static Class<?> rawClass(Type type) {
        if (type instanceof ParameterizedType) {
            return (Class<?>) ((ParameterizedType) type).getRawType();
        } else if (type instanceof GenericArrayType) {
            Class<?> component = erased(((GenericArrayType) type).getGenericComponentType());
            return Array.newInstance(component, 0).getClass();
        }
        return (Class<?>) type;
    }

    /** The only type argument of a type; anything when it is left out. */
    static Type argument(Type type) {
        return type instanceof ParameterizedType
                ? ((ParameterizedType) type).getActualTypeArguments()[0]
                : (Type) Object.class;
    }
}
