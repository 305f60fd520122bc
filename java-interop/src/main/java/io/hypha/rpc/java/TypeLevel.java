package io.hypha.rpc.java;

import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One class or interface of a hierarchy, with what its type parameters are bound to there. */
final class TypeLevel {
    final Class<?> type;
    final Map<TypeVariable<?>, Type> bindings;

    private TypeLevel(Type type) {
        this.type = Generics.rawClass(type);
        this.bindings = Generics.bindings(type);
    }

    /** Whether the other one extends or implements this one. */
    boolean isAbove(TypeLevel other) {
        return type != other.type && type.isAssignableFrom(other.type);
    }

    /** The type itself and all that it extends and implements, nearer ones first, without {@code Object}. */
    static List<TypeLevel> of(Type type) {
        List<TypeLevel> levels = new ArrayList<>();
        add(new TypeLevel(type), levels);
        for (int index = 0; index < levels.size(); index++) {
            TypeLevel level = levels.get(index);
            Type parent = level.type.getGenericSuperclass();
            if (parent != null && parent != Object.class) {
                add(new TypeLevel(Generics.resolve(parent, level.bindings)), levels);
            }
            for (Type implemented : level.type.getGenericInterfaces()) {
                add(new TypeLevel(Generics.resolve(implemented, level.bindings)), levels);
            }
        }
        return levels;
    }

    private static void add(TypeLevel level, List<TypeLevel> levels) {
        for (TypeLevel known : levels) {
            if (known.type == level.type) {
                return;
            }
        }
        levels.add(level);
    }
}
