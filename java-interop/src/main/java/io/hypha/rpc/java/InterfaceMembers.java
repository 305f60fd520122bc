package io.hypha.rpc.java;

import io.hypha.rpc.service.MembersBuilder;
import io.hypha.rpc.service.ServiceBuilder;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import kotlin.Unit;

/** The members of a service that an object serves, as an interface or its own annotations say. */
final class InterfaceMembers {
    private static final int DEEPEST = 32; // Groups that return themselves would never end.

    private final InterfacePlan plan;
    private final List<Consumer<MembersBuilder>> parts = new ArrayList<>();

    private InterfaceMembers(InterfacePlan plan, Object target, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("the groups of " + plan.type.getName() + " have no end");
        }
        plan.requireServable();
        this.plan = plan;
        for (TypedFunction function : plan.functions) {
            parts.add(adding(function, target));
        }
        for (TypedProperty property : plan.properties) {
            Object value = property.of(target);
            if (property.isGroup && value != null) {
                InterfaceMembers group = ofGroup(property.type, value, depth + 1);
                parts.add(members -> members.group(property.remoteName, inner -> {
                    group.addTo(inner);
                    return Unit.INSTANCE;
                }));
            } else if (!property.isGroup && value != null) {
                Object constant = Constants.checked(property.remoteName, value);
                parts.add(members -> members.value(property.remoteName, constant));
            }
        }
    }

    private static Consumer<MembersBuilder> adding(TypedFunction function, Object target) {
        io.hypha.rpc.call.LocalFunction served = function.servedBy(target);
        return members -> members.function(served);
    }

    /** @throws IllegalArgumentException when the interface cannot describe a service. */
    static InterfaceMembers of(Type type, Object implementation) {
        return of(type, implementation, 0);
    }

    private static InterfaceMembers of(Type type, Object implementation, int depth) {
        InterfacePlan plan = InterfacePlans.ofInterface(type);
        Objects.requireNonNull(implementation, "implementation");
        if (!plan.type.isInstance(implementation)) {
            throw new IllegalArgumentException(
                    implementation.getClass().getName() + " does not implement " + plan.type.getName());
        }
        return new InterfaceMembers(plan, implementation, depth);
    }

    /** @throws IllegalArgumentException when the annotated methods cannot describe a service, or there are none. */
    static InterfaceMembers of(Object object) {
        return of(object, 0);
    }

    private static InterfaceMembers of(Object object, int depth) {
        Objects.requireNonNull(object, "object");
        return new InterfaceMembers(InterfacePlans.ofObject(object.getClass()), object, depth);
    }

    private static InterfaceMembers ofGroup(Type type, Object part, int depth) {
        return Generics.rawClass(type).isInterface() ? of(type, part, depth) : of(part, depth);
    }

    /** Adds them; what the interface says that it is for is the description of a service without one. */
    void addTo(MembersBuilder members) {
        if (members instanceof ServiceBuilder) {
            ServiceBuilder service = (ServiceBuilder) members;
            if (service.getDescription() == null) {
                service.setDescription(plan.description());
            }
        }
        parts.forEach(part -> part.accept(members));
    }
}
