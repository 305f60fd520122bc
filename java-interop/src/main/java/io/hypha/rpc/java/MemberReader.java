package io.hypha.rpc.java;

import io.hypha.rpc.jvm.PassByKeyword;
import io.hypha.rpc.jvm.RemoteIgnore;
import io.hypha.rpc.jvm.RemoteName;
import io.hypha.rpc.service.Description;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the methods of an interface that describes a service, or the annotated ones of an object. */
final class MemberReader {
    final List<TypedFunction> functions = new ArrayList<>();
    final List<TypedProperty> properties = new ArrayList<>();

    /** The methods that run where they are called, each with the one that holds the body. */
    final Map<Method, Method> local = new HashMap<>();

    /**
     * {@code AutoCloseable.close()} and what overrides it: closing is for the owner of an object, not for its callers.
     */
    final List<Method> closing = new ArrayList<>();

    /** Why it can be no service, each a sentence about one member. */
    final List<String> problems = new ArrayList<>();

    private final Class<?> root;

    MemberReader(Type type) {
        root = Generics.rawClass(type);
        for (MemberMethods member : MemberMethods.of(type)) {
            if (root.isInterface() ? isDescribed(member) : isExposed(member)) {
                read(member);
            }
        }
    }

    /** Methods with a body run where they are called, unless an annotation says otherwise. */
    private boolean isDescribed(MemberMethods member) {
        if (member.isStatic() || !member.isPublic()) {
            return false;
        }
        boolean isRemote = isAnnotated(member) || member.annotation(RemoteName.class) != null;
        if (!isRemote && member.isAbstract()) {
            isRemote = !isClose(member);
            if (!isRemote) {
                closing.addAll(member.entries());
            }
        } else if (!isRemote) {
            member.entries().forEach(entry -> local.put(entry, member.main().method));
        }
        return isRemote;
    }

    private boolean isClose(MemberMethods member) {
        return AutoCloseable.class.isAssignableFrom(root)
                && member.name().equals("close")
                && member.main().method.getParameterTypes().length == 0;
    }

    private boolean isExposed(MemberMethods member) {
        if (!isAnnotated(member)) {
            return false;
        } else if (member.isStatic() || !member.isPublic()) {
            problems.add("'" + member.name() + "' is annotated, but only public methods that are not static can be"
                    + " exposed");
            return false;
        }
        return true;
    }

    private static boolean isAnnotated(MemberMethods member) {
        return member.annotation(Exposed.class) != null
                || member.annotation(Constant.class) != null
                || member.annotation(Group.class) != null;
    }

    private void read(MemberMethods member) {
        try {
            if (member.annotation(RemoteIgnore.class) != null) {
                throw new IllegalArgumentException("@RemoteIgnore is for the properties of beans; " + notExposed());
            }
            String name = remoteName(member);
            boolean isGroup = member.annotation(Group.class) != null;
            if (isGroup || member.annotation(Constant.class) != null) {
                properties.add(property(member, name, isGroup));
            } else {
                functions.add(function(member, name));
            }
        } catch (IllegalArgumentException e) {
            problems.add("'" + member.name() + "': " + e.getMessage());
        }
    }

    private String notExposed() {
        return root.isInterface()
                ? "a method that others must not call stands in another interface, or has a body"
                : "a method that others must not call has no annotation";
    }

    private static String remoteName(MemberMethods member) {
        RemoteName named = member.annotation(RemoteName.class);
        Exposed exposed = member.annotation(Exposed.class);
        String name = member.name();
        if (named != null) {
            name = named.value();
        } else if (exposed != null && !exposed.value().isEmpty()) {
            name = exposed.value();
        }
        if (name.isEmpty() || name.indexOf('.') >= 0) {
            throw new IllegalArgumentException(
                    "its remote name '" + name + "' is empty or has a dot; for nested names use a @Group");
        }
        return name;
    }

    private static TypedProperty property(MemberMethods member, String name, boolean isGroup) {
        TypedProperty property = new TypedProperty(member, name, isGroup);
        String kind = isGroup ? "group" : "constant";
        if (member.main().method.getParameterTypes().length > 0) {
            throw new IllegalArgumentException("a " + kind + " has no parameters");
        } else if (property.type == void.class) {
            throw new IllegalArgumentException("a " + kind + " has a type other than void");
        } else if (!isGroup && isOfOneCall(Generics.rawClass(property.type))) {
            throw new IllegalArgumentException("functions, interface objects, streams and futures are no constants;"
                    + " make the method itself a function");
        } else if (isGroup && !isForGroups(Generics.rawClass(property.type))) {
            throw new IllegalArgumentException("a group is an interface, or a class with annotated methods, and not a "
                    + TypeRef.nameOf(property.type));
        }
        return property;
    }

    /** Whether its values belong to one call or to one client. */
    private static boolean isOfOneCall(Class<?> type) {
        return FunctionalType.isOne(type)
                || type == Callback.class
                || type == HyphaInterface.class
                || StreamType.isOne(type)
                || ResultStyle.isFuture(type);
    }

    private static boolean isForGroups(Class<?> type) {
        return !type.isPrimitive() && !type.isArray() && !type.getName().startsWith("java.");
    }

    private TypedFunction function(MemberMethods member, String name) {
        Method main = member.main().method;
        if (main.isVarArgs()) {
            throw new IllegalArgumentException("it has a parameter for any number of arguments; make that a List");
        } else if (main.getTypeParameters().length > 0) {
            throw new IllegalArgumentException(
                    "it has type parameters of its own, which a caller elsewhere cannot state");
        }
        Description description = member.annotation(Description.class);
        boolean isByKeyword = member.annotation(PassByKeyword.class) != null
                || main.getDeclaringClass().isAnnotationPresent(PassByKeyword.class)
                || root.isAnnotationPresent(PassByKeyword.class);
        return new TypedFunction(
                member,
                name,
                description == null ? null : description.value(),
                isByKeyword,
                parameters(member),
                ResultStyle.of(member.main().result()));
    }

    private static List<TypedParameter> parameters(MemberMethods member) {
        List<TypedParameter> parameters = new ArrayList<>();
        int count = member.main().method.getParameterTypes().length;
        for (int index = 0; index < count; index++) {
            if (member.main().method.getParameterTypes()[index].getName().equals("kotlin.coroutines.Continuation")) {
                throw new IllegalArgumentException(
                        "it is a suspending function of Kotlin's; write an interface for Java with the same names");
            }
            TypedParameter parameter = new TypedParameter(member, index);
            if (parameter.isMore() && index < count - 1) {
                throw new IllegalArgumentException("its Kwargs parameter has to be the last one");
            }
            parameters.add(parameter);
        }
        return parameters;
    }
}
