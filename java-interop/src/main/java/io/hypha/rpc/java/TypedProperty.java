package io.hypha.rpc.java;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/** A method that describes a constant or a group. */
final class TypedProperty {
    final String remoteName;
    final Method main;
    final List<Method> entries;
    final boolean isGroup;

    /** Whether it may be missing. */
    final boolean isOptional;

    /** Its type, without {@code Optional}. */
    final Type type;

    TypedProperty(MemberMethods member, String remoteName, boolean isGroup) {
        this.remoteName = remoteName;
        this.main = member.main().method;
        this.entries = member.entries();
        this.isGroup = isGroup;
        Type declared = member.main().result();
        this.isOptional = Generics.rawClass(declared) == Optional.class;
        this.type = isOptional ? Generics.argument(declared) : declared;
    }

    /** What the method returns for a value, or for {@code null} when it is missing. */
    Object returned(Object value) {
        return isOptional ? Optional.ofNullable(value) : value;
    }

    /**
     * What an implementation has; {@code null} when it is missing.
     *
     * @throws IllegalArgumentException when it is missing, but must not be, or the implementation fails.
     */
    Object of(Object target) {
        Method opened = Methods.opened(main);
        Object value;
        try {
            value = Methods.call(opened, target);
        } catch (Exception e) {
            throw new IllegalArgumentException(Methods.nameOf(main) + " cannot be read: " + e, e);
        }
        if (isOptional && value != null) {
            return ((Optional<?>) value).orElse(null);
        } else if (value == null && !isOptional) {
            throw new IllegalArgumentException(Methods.nameOf(main) + " returned null, and a "
                    + (isGroup ? "group" : "constant") + " that may be missing has the type Optional");
        }
        return value;
    }
}
