package io.hypha.rpc.java;

import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Reads the texts of {@link DefaultValue}. */
final class DefaultValues {
    private static final Map<Type, Function<String, Object>> READERS = new HashMap<>();

    static {
        add(boolean.class, Boolean.class, DefaultValues::readBoolean);
        add(char.class, Character.class, DefaultValues::readCharacter);
        add(byte.class, Byte.class, Byte::valueOf);
        add(short.class, Short.class, Short::valueOf);
        add(int.class, Integer.class, Integer::valueOf);
        add(long.class, Long.class, Long::valueOf);
        add(float.class, Float.class, Float::valueOf);
        add(double.class, Double.class, Double::valueOf);
        READERS.put(String.class, text -> text);
    }

    private DefaultValues() {}

    private static void add(Type primitive, Type boxed, Function<String, Object> reader) {
        READERS.put(primitive, reader);
        READERS.put(boxed, reader);
    }

    /** @throws IllegalArgumentException when the text is no value of the type. */
    static Object read(Type type, String text) {
        Function<String, Object> reader = READERS.get(type);
        if (reader == null && !isEnum(type)) {
            throw new IllegalArgumentException("@DefaultValue is for primitive types, String and enums, not for "
                    + TypeRef.nameOf(type) + "; make the parameter Optional");
        }
        try {
            return reader == null ? constant((Class<?>) type, text) : reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "@DefaultValue(\"" + text + "\") is no value of the type " + TypeRef.nameOf(type), e);
        }
    }

    private static boolean isEnum(Type type) {
        return type instanceof Class && ((Class<?>) type).isEnum();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // It is an enum.
    private static Object constant(Class<?> type, String name) {
        return Enum.valueOf((Class) type, name);
    }

    private static Object readBoolean(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    private static Object readCharacter(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException(text);
        }
        return text.charAt(0);
    }
}
