package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.java.shapes.ConnectShapes;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The classes of the package {@code shapes} are compiled as a program of a user is, and call everything. */
class CallShapesTest {
    @Test
    @DisplayName("every public and protected member of this module is used by a class of the package shapes")
    void everyMemberIsUsed() throws Exception {
        UsedMembers used = UsedMembers.of(classFiles(ConnectShapes.class));
        List<Class<?>> types = publicTypes();
        assertTrue(types.contains(HyphaClient.class));
        TreeSet<String> unused = new TreeSet<>();
        for (Class<?> type : types) {
            for (Method method : methodsOf(type)) {
                if (isToUse(method) && !isUsed(used, method, types)) {
                    unused.add(method.toGenericString());
                }
            }
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (isVisible(constructor.getModifiers()) && !used.contains(constructor)) {
                    unused.add(constructor.toGenericString());
                }
            }
        }
        assertEquals("", String.join("\n", unused), "members that no class of the package shapes uses");
    }

    /** What it declares itself, and what it has from classes that are not public. */
    private static List<Method> methodsOf(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        for (Class<?> at = type; at != null && at != Object.class && at != Enum.class; at = at.getSuperclass()) {
            methods.addAll(Arrays.asList(at.getDeclaredMethods()));
        }
        return methods;
    }

    private static boolean isUsed(UsedMembers used, Method method, List<Class<?>> types) {
        return types.stream()
                .filter(type -> method.getDeclaringClass().isAssignableFrom(type))
                .anyMatch(type -> used.contains(type, method));
    }

    private static boolean isToUse(Method method) {
        boolean isOfObject = Arrays.asList("toString", "equals", "hashCode").contains(method.getName());
        boolean isOfEnum = method.getDeclaringClass().isEnum()
                && Arrays.asList("values", "valueOf").contains(method.getName());
        return isVisible(method.getModifiers()) && !method.isSynthetic() && !isOfObject && !isOfEnum;
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static List<Class<?>> publicTypes() throws IOException, URISyntaxException, ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        for (Path file : classFiles(Hypha.class)) {
            String name = file.getFileName().toString().replaceAll("[.]class$", "");
            Class<?> type = Class.forName(Hypha.class.getPackage().getName() + "." + name);
            if (isVisible(type.getModifiers()) && !type.isAnonymousClass()) {
                types.add(type);
            }
        }
        return types;
    }

    /** The class files beside the one of {@code type}. */
    private static List<Path> classFiles(Class<?> type) throws IOException, URISyntaxException {
        Path place = Paths.get(
                type.getProtectionDomain().getCodeSource().getLocation().toURI());
        // A jar of this build lies beside the folder that it was made of.
        Path root = Files.isDirectory(place) ? place : place.resolveSibling("classes");
        Path folder = root.resolve(type.getPackage().getName().replace('.', '/'));
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .collect(Collectors.toList());
            assertFalse(found.isEmpty());
            return found;
        }
    }
}
