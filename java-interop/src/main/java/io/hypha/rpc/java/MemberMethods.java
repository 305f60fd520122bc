package io.hypha.rpc.java;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A method of a class or interface together with those that it overrides. */
final class MemberMethods {
    private final List<FoundMethod> declarations = new ArrayList<>();
    private final List<Method> bridges = new ArrayList<>();

    private MemberMethods() {}

    /** All of a type in the order of their names, but for those of {@code Object} and those that the compiler added. */
    static Collection<MemberMethods> of(Type type) {
        Map<List<Object>, MemberMethods> members = new LinkedHashMap<>();
        List<Method> bridges = new ArrayList<>();
        for (TypeLevel level : TypeLevel.of(type)) {
            Method[] methods = level.type.getDeclaredMethods();
            Arrays.sort(methods, Comparator.comparing(Method::getName)); // Java leaves their order open.
            for (Method method : methods) {
                if (method.isBridge()) {
                    bridges.add(method);
                } else if (!method.isSynthetic() && !isOfEveryObject(level, method)) {
                    FoundMethod found = new FoundMethod(level, method);
                    members.computeIfAbsent(keyOf(found), key -> new MemberMethods())
                            .declarations
                            .add(found);
                }
            }
        }
        for (MemberMethods member : members.values()) {
            member.addBridges(bridges);
        }
        return members.values();
    }

    /** Callers who know the method by the types of another declaration come through a bridge. */
    private void addBridges(List<Method> candidates) {
        for (Method bridge : candidates) {
            boolean isOne = declarations.stream()
                    .anyMatch(found -> found.method.getName().equals(bridge.getName())
                            && Arrays.equals(found.method.getParameterTypes(), bridge.getParameterTypes()));
            if (isOne) {
                bridges.add(bridge);
            }
        }
    }

    /** Private and static methods override nothing, whatever they are called. */
    private static List<Object> keyOf(FoundMethod found) {
        boolean isOverriding = (found.method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) == 0;
        return isOverriding ? found.overload() : Collections.singletonList(found.method);
    }

    /** Interfaces repeat these to say something about them. Those of classes have a body of their own. */
    private static boolean isOfEveryObject(TypeLevel level, Method method) {
        if (!level.type.isInterface()) {
            return false;
        }
        Class<?>[] parameters = method.getParameterTypes();
        String name = method.getName();
        boolean isEquals = name.equals("equals") && parameters.length == 1 && parameters[0] == Object.class;
        return isEquals || (parameters.length == 0 && (name.equals("hashCode") || name.equals("toString")));
    }

    /** The most specific declaration. */
    FoundMethod main() {
        for (FoundMethod one : declarations) {
            if (declarations.stream().noneMatch(other -> one.level.isAbove(other.level))) {
                return one;
            }
        }
        throw new AssertionError("a hierarchy without an end");
    }

    String name() {
        return main().method.getName();
    }

    boolean isAbstract() {
        return Modifier.isAbstract(main().method.getModifiers());
    }

    boolean isStatic() {
        return Modifier.isStatic(main().method.getModifiers());
    }

    boolean isPublic() {
        return Modifier.isPublic(main().method.getModifiers());
    }

    /** All methods of the JVM through which it is called. */
    List<Method> entries() {
        List<Method> entries = new ArrayList<>();
        declarations.forEach(found -> entries.add(found.method));
        entries.addAll(bridges);
        return entries;
    }

    /** An annotation of the nearest declaration that has it, or {@code null}. */
    <A extends Annotation> A annotation(Class<A> type) {
        for (FoundMethod found : nearestFirst()) {
            A annotation = found.method.getAnnotation(type);
            if (annotation != null) {
                return annotation;
            }
        }
        return null;
    }

    /** An annotation of a parameter in the nearest declaration that has it, or {@code null}. */
    <A extends Annotation> A annotation(int parameter, Class<A> type) {
        for (FoundMethod found : nearestFirst()) {
            for (Annotation annotation : found.method.getParameterAnnotations()[parameter]) {
                if (type.isInstance(annotation)) {
                    return type.cast(annotation);
                }
            }
        }
        return null;
    }

    /** The name of a parameter in the nearest declaration that was compiled with names, or {@code null}. */
    String parameterName(int parameter) {
        for (FoundMethod found : nearestFirst()) {
            String name = ParameterNames.of(found.method, parameter);
            if (name != null) {
                return name;
            }
        }
        return null;
    }

    private List<FoundMethod> nearestFirst() {
        List<FoundMethod> sorted = new ArrayList<>(declarations);
        FoundMethod main = main();
        sorted.remove(main);
        sorted.add(0, main);
        return sorted;
    }
}
