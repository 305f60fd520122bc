package io.hypha.rpc.java;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names under which users of Kotlin and of Java find things. */
final class ApiNames {
    private ApiNames() {}

    /** The public methods of a Java class, those of its hidden parents included, without what every object has. */
    static List<Method> methodsOf(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        for (Class<?> level = type; level != Object.class; level = level.getSuperclass()) {
            for (Method method : level.getDeclaredMethods()) {
                boolean isStatic = Modifier.isStatic(method.getModifiers());
                if (Modifier.isPublic(method.getModifiers())
                        && !isStatic
                        && !method.isSynthetic()
                        && !isOfObject(method)) {
                    methods.add(method);
                }
            }
        }
        return methods;
    }

    static Set<String> ofJava(Class<?> type) {
        return methodsOf(type).stream().map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The members of a Kotlin class, its properties without {@code get}, and the functions that extend it. */
    static Set<String> ofKotlin(Class<?> type, String... extensions) throws Exception {
        Set<String> names = new TreeSet<>();
        for (Method method : methodsOf(type)) {
            addName(method.getName(), names);
        }
        for (String folder : extensions) {
            for (Class<?> functions : classesEndingWithKt(type, folder)) {
                for (Method method : functions.getDeclaredMethods()) {
                    Class<?>[] parameters = method.getParameterTypes();
                    boolean isPublic = Modifier.isPublic(method.getModifiers()) && !method.isSynthetic();
                    if (isPublic && parameters.length > 0 && parameters[0] == type) {
                        addName(method.getName(), names);
                    }
                }
            }
        }
        return names;
    }

    /** The properties of a Kotlin class of options that can be set, and its functions. */
    static Set<String> ofOptions(Class<?> type) {
        Set<String> names = new TreeSet<>();
        for (Method method : methodsOf(type)) {
            String name = method.getName();
            if (name.startsWith("set")) {
                addName("get" + name.substring(3), names);
            } else if (!name.startsWith("get") && !name.startsWith("is")) {
                addName(name, names);
            }
        }
        return names;
    }

    /** Names with a {@code $} are internal; what follows a {@code -} was added for a value class. */
    private static void addName(String name, Set<String> names) {
        String plain = name.replaceFirst("-.*", "");
        if (plain.contains("$")) {
            return;
        }
        boolean isProperty = plain.startsWith("get") && plain.length() > 3 && Character.isUpperCase(plain.charAt(3));
        names.add(plain);
        if (isProperty) {
            names.remove(plain);
            names.add(Character.toLowerCase(plain.charAt(3)) + plain.substring(4));
        }
    }

    private static boolean isOfObject(Method method) {
        try {
            Object.class.getMethod(method.getName(), method.getParameterTypes());
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static List<Class<?>> classesEndingWithKt(Class<?> neighbour, String folder)
            throws IOException, URISyntaxException, ClassNotFoundException {
        URI place =
                neighbour.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path path = Paths.get(place);
        if (Files.isDirectory(path)) {
            return load(path.resolve(folder), folder);
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place), Collections.emptyMap())) {
            return load(jar.getPath(folder), folder);
        }
    }

    private static List<Class<?>> load(Path folder, String name) throws IOException, ClassNotFoundException {
        List<String> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith("Kt.class"))
                    .collect(Collectors.toList());
        }
        List<Class<?>> classes = new ArrayList<>();
        for (String file : files) {
            classes.add(
                    Class.forName(name.replace('/', '.') + "." + file.substring(0, file.length() - ".class".length())));
        }
        return classes;
    }
}
