package io.hypha.rpc.java;

import java.lang.ref.SoftReference;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;

/** The plans of the interfaces and classes in use; those that are not do not keep their classes from being unloaded. */
final class InterfacePlans {
    private static final Map<Class<?>, SoftReference<Map<Type, InterfacePlan>>> PLANS = new WeakHashMap<>();

    private InterfacePlans() {}

    /**
     * The plan of an interface.
     *
     * @throws IllegalArgumentException when it cannot describe a service; the message names every member that stands in
     *     the way.
     */
    static InterfacePlan ofInterface(Type type) {
        Objects.requireNonNull(type, "type");
        if (!(type instanceof Class) && !(type instanceof ParameterizedType)) {
            throw new IllegalArgumentException(TypeRef.nameOf(type) + " is no interface");
        }
        Class<?> raw = Generics.rawClass(type);
        if (!raw.isInterface()) {
            throw new IllegalArgumentException(raw.getName() + " is a class; name the interface of the service, as in"
                    + " implement(Calculator.class, new MyCalculator())");
        } else if (type instanceof Class && raw.getTypeParameters().length > 0) {
            throw new IllegalArgumentException(
                    raw.getName() + " has type parameters; bind them, as in new TypeRef<Store<Integer>>() {}");
        }
        return of(type);
    }

    /**
     * The plan of the annotated methods of a class.
     *
     * @throws IllegalArgumentException when they cannot describe a service, or there are none.
     */
    static InterfacePlan ofObject(Class<?> type) {
        InterfacePlan plan = of(type);
        if (plan.functions.isEmpty() && plan.properties.isEmpty()) {
            throw new IllegalArgumentException("nothing of " + type.getName() + " is exposed: annotate the methods that"
                    + " others may call with @Exposed");
        }
        return plan;
    }

    private static InterfacePlan of(Type type) {
        Type bound = Generics.resolve(type, Collections.emptyMap());
        synchronized (PLANS) {
            SoftReference<Map<Type, InterfacePlan>> reference = PLANS.get(Generics.rawClass(type));
            Map<Type, InterfacePlan> known = reference == null ? null : reference.get();
            if (known == null) {
                known = new HashMap<>();
                PLANS.put(Generics.rawClass(type), new SoftReference<>(known));
            }
            InterfacePlan plan = known.get(bound);
            if (plan == null) {
                plan = new InterfacePlan(bound);
                known.put(bound, plan);
            }
            return plan;
        }
    }
}
