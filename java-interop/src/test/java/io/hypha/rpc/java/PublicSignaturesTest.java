package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What Java programs see of this module needs no knowledge of Kotlin. */
class PublicSignaturesTest {
    @Test
    @DisplayName("no public method has a type of Kotlin in its signature")
    void signatures() throws Exception {
        List<String> found = new ArrayList<>();
        List<Class<?>> types = publicTypes();
        assertFalse(types.isEmpty());
        for (Class<?> type : types) {
            Stream.<Executable>concat(
                            Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredConstructors()))
                    .filter(member ->
                            Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers()))
                    .map(Executable::toGenericString)
                    .filter(signature -> signature.contains("kotlin"))
                    .forEach(found::add);
        }
        assertEquals("", String.join("\n", found));
    }

    private static List<Class<?>> publicTypes() throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes = Paths.get(
                Hypha.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path folder = classes.resolve(Hypha.class.getPackage().getName().replace('.', '/'));
        List<String> names;
        try (Stream<Path> files = Files.list(folder)) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .collect(Collectors.toList());
        }
        List<Class<?>> types = new ArrayList<>();
        for (String name : names) {
            Class<?> type = Class.forName(Hypha.class.getPackage().getName() + "." + name);
            if (Modifier.isPublic(type.getModifiers())) {
                types.add(type);
            }
        }
        return types;
    }
}
