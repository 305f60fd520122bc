package io.hypha.rpc.java;

import io.hypha.rpc.service.Description;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An interface or class that describes a service, with everything found out that calls need. */
final class InterfacePlan {
    final Class<?> type;
    final List<TypedFunction> functions;
    final List<TypedProperty> properties;
    final Map<Method, Method> local;

    /** @throws IllegalArgumentException which names every member that stands in the way. */
    InterfacePlan(Type type) {
        MemberReader reader = new MemberReader(type);
        this.type = Generics.rawClass(type);
        functions = reader.functions;
        properties = reader.properties;
        local = reader.local;
        addTwice(reader.problems);
        requireNone(reader.problems);
    }

    private void addTwice(List<String> problems) {
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        Set<String> twice = new LinkedHashSet<>();
        functions.forEach(function -> add(function.remoteName, function.main, methods, twice));
        properties.forEach(property -> add(property.remoteName, property.main, methods, twice));
        for (String name : twice) {
            boolean isOverloaded = methods.get(name).size() == 1;
            problems.add(
                    isOverloaded
                            ? "'" + name
                                    + "' is overloaded, and a service knows functions by their names only: give all"
                                    + " but one another name with @RemoteName(\"…\")"
                            : "several members are called '" + name + "'");
        }
    }

    private static void add(String name, Method method, Map<String, Set<String>> methods, Set<String> twice) {
        boolean isNew = !methods.containsKey(name);
        methods.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(method.getName());
        if (!isNew) {
            twice.add(name);
        }
    }

    /** What the interface says that it is for, or {@code null}. */
    String description() {
        Description description = type.getAnnotation(Description.class);
        return description == null ? null : description.value();
    }

    /** @throws IllegalArgumentException when a proxy could not pass what callers pass, or receive the results. */
    void requireCallable() {
        List<String> problems = new ArrayList<>();
        functions.forEach(function -> function.addCallProblems(problems));
        requireNone(problems);
    }

    /** @throws IllegalArgumentException when an implementation could not receive what callers pass. */
    void requireServable() {
        List<String> problems = new ArrayList<>();
        functions.forEach(function -> function.addServingProblems(problems));
        requireNone(problems);
    }

    private void requireNone(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(type.getName() + " cannot describe a service: "
                    + problems.stream().collect(Collectors.joining("; ")));
        }
    }

    @Override
    public String toString() {
        return "InterfacePlan(" + type.getSimpleName() + ")";
    }
}
