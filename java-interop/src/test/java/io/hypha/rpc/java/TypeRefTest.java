package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TypeRefTest {
    @Test
    @DisplayName("it keeps the type arguments, and equals another of the same type")
    void types() {
        TypeRef<List<String>> texts = new TypeRef<List<String>>() {};
        assertEquals("java.util.List<java.lang.String>", texts.type().getTypeName());
        assertEquals(texts, new TypeRef<List<String>>() {});
        assertEquals(texts.hashCode(), new TypeRef<List<String>>() {}.hashCode());
        assertNotEquals(texts, new TypeRef<List<Integer>>() {});
    }

    @Test
    @DisplayName("without type arguments it is refused")
    @SuppressWarnings("rawtypes")
    void rawTypes() {
        assertThrows(IllegalStateException.class, () -> new TypeRef() {});
    }

    private static <T> TypeRef<List<? extends T>> listOf() {
        return new TypeRef<List<? extends T>>() {};
    }

    private abstract static class ListRef<T> extends TypeRef<List<T>> {}

    @Test
    @DisplayName("the type parameter of a generic method or class is refused, for nobody knows what it stands for")
    void typeParameters() {
        IllegalStateException refused = assertThrows(IllegalStateException.class, TypeRefTest::<String>listOf);
        assertTrue(refused.getMessage().contains("have the caller pass the TypeRef"), refused.getMessage());
        assertThrows(IllegalStateException.class, () -> new ListRef<String>() {});
        assertEquals(String.class, TypeRef.of(String.class).type());
    }
}
