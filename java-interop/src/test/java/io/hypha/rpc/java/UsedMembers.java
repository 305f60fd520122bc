package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** What compiled classes use of others: each overload by itself, as the JDK's own {@code javap} shows it. */
final class UsedMembers {
    private static final Pattern CALL = Pattern.compile("// (?:Interface)?Method (\\S+)");
    private static final Pattern LAMBDA = Pattern.compile("// InvokeDynamic #\\d+:(\\w+):\\S*\\)L(\\S+);");
    private static final Pattern ANNOTATION = Pattern.compile("^ {4,8}([\\w.]+)(?:\\(|$)");
    private static final Pattern ANNOTATION_VALUE = Pattern.compile("^ {6,10}(\\w+)=");

    private final Set<String> calls = new HashSet<>();

    private UsedMembers() {}

    static UsedMembers of(List<Path> classFiles) {
        List<String> arguments = new ArrayList<>(Arrays.asList("-c", "-p", "-v"));
        classFiles.forEach(file -> arguments.add(file.toString()));
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
        assertEquals(0, javap.run(writer, writer, arguments.toArray(new String[0])));
        UsedMembers used = new UsedMembers();
        String annotation = "";
        for (String line : output.toString().split("\\R")) {
            used.addAll(CALL, "$1", line);
            used.addAll(LAMBDA, "$2.$1", line);
            Matcher start = ANNOTATION.matcher(line);
            if (start.find()) {
                annotation = start.group(1);
            }
            used.addAll(ANNOTATION_VALUE, "@" + annotation + ".$1", line);
        }
        return used;
    }

    /** Whether it is called, implemented by a lambda, or given a value in an annotation. */
    boolean contains(Method method) {
        Class<?> type = method.getDeclaringClass();
        String descriptor = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .toMethodDescriptorString();
        String name = internalName(type) + "." + method.getName();
        return calls.contains(name + ":" + descriptor)
                || calls.contains(name)
                || Annotation.class.isAssignableFrom(type)
                        && calls.contains("@" + type.getName() + "." + method.getName());
    }

    boolean contains(Constructor<?> constructor) {
        String descriptor = MethodType.methodType(void.class, constructor.getParameterTypes())
                .toMethodDescriptorString();
        return calls.contains(internalName(constructor.getDeclaringClass()) + ".\"<init>\":" + descriptor);
    }

    private void addAll(Pattern pattern, String form, String line) {
        Matcher matcher = pattern.matcher(line);
        if (matcher.find()) {
            calls.add(pattern.matcher(matcher.group()).replaceAll(form));
        }
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
