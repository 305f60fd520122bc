package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
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
    private static final Pattern ANNOTATION = Pattern.compile("^ +([\\w.]+)\\($");
    private static final Pattern ANNOTATION_VALUE = Pattern.compile("^ +(\\w+)=");

    /** {@code owner.name:descriptor} of calls, {@code owner.name} of lambdas, {@code @owner.name} of annotations. */
    private final Set<String> uses = new HashSet<>();

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

    /** Whether it is called on {@code type}, implemented by a lambda, or given a value in an annotation. */
    boolean contains(Class<?> type, Method method) {
        String descriptor = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .toMethodDescriptorString();
        String use = internalName(type) + "." + method.getName();
        String inAnnotation = "@" + type.getName() + "." + method.getName();
        return uses.contains(use + ":" + descriptor) || uses.contains(use) || uses.contains(inAnnotation);
    }

    boolean contains(Constructor<?> constructor) {
        String descriptor = MethodType.methodType(void.class, constructor.getParameterTypes())
                .toMethodDescriptorString();
        return uses.contains(internalName(constructor.getDeclaringClass()) + ".\"<init>\":" + descriptor);
    }

    private void addAll(Pattern pattern, String form, String line) {
        Matcher matcher = pattern.matcher(line);
        if (matcher.find()) {
            uses.add(pattern.matcher(matcher.group()).replaceAll(form));
        }
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
