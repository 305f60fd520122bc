package io.hypha.rpc.java;

import io.hypha.rpc.call.CallContext;
import io.hypha.rpc.call.RemoteFunction;
import io.hypha.rpc.jvm.JavaExecution;
import io.hypha.rpc.service.RemoteService;
import io.hypha.rpc.value.Shape;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** How values of one declared type travel, in both directions. */
class TypedValue {
    /** Makes something else of a value that is not {@code null}, for a connection whose code runs there. */
    interface Conversion {
        Object apply(Object value, JavaExecution execution);
    }

    static final Conversion AS_IT_IS = (value, execution) -> value;

    final Type type;
    private final Shape<Object> required;
    private final Shape<Object> nullable;
    private final Conversion receiving;
    private final Conversion sending;

    /**
     * @param receiving makes a value of the type of what was read; not asked for {@code null}.
     * @param sending makes what is written of a value; not asked for {@code null}.
     */
    TypedValue(Type type, Shape<Object> required, Shape<Object> nullable, Conversion receiving, Conversion sending) {
        this.type = type;
        this.required = required;
        this.nullable = nullable;
        this.receiving = receiving;
        this.sending = sending;
    }

    /** @throws IllegalArgumentException when there can be no such values. */
    static TypedValue of(Type type) {
        return of(type, Collections.emptySet());
    }

    /** @param within the functional interfaces whose methods are being read. */
    static TypedValue of(Type type, Set<Type> within) {
        Class<?> raw = Generics.rawClass(type);
        if (raw == void.class || raw == Void.class) {
            return read(type, Object.class, (value, execution) -> null);
        } else if (raw == HyphaFunction.class) {
            return read(type, RemoteFunction.class, (value, execution) -> new HyphaFunction((RemoteFunction) value));
        } else if (raw == HyphaAsyncFunction.class) {
            return read(
                    type, RemoteFunction.class, (value, execution) -> new HyphaAsyncFunction((RemoteFunction) value));
        } else if (raw == HyphaService.class) {
            return read(type, RemoteService.class, (value, execution) -> new HyphaService((RemoteService) value));
        } else if (raw == HyphaAsyncService.class) {
            return read(type, RemoteService.class, (value, execution) -> new HyphaAsyncService((RemoteService) value));
        } else if (raw == Optional.class) {
            return new OptionalValue(type, of(Generics.argument(type), within));
        } else if (StreamType.isOne(raw)) {
            return StreamType.of(type);
        } else if (FunctionalType.isOne(raw)) {
            return new FunctionalType(type, within);
        }
        return read(type, type, AS_IT_IS);
    }

    private static TypedValue read(Type type, Type readAs, Conversion receiving) {
        return new TypedValue(
                type, Values.SHAPES.required(readAs), Values.SHAPES.nullable(readAs), receiving, AS_IT_IS);
    }

    /** The type as which a value is read that must not be {@code null}. */
    final Shape<Object> required() {
        return required;
    }

    /** The type as which a value is read that may be {@code null}. */
    final Shape<Object> nullable() {
        return nullable;
    }

    /** Whether what was read is a value of the type already. */
    boolean isReadAsItIs() {
        return receiving == AS_IT_IS;
    }

    /** A value of the type, made of what was read. */
    Object received(Object value, JavaExecution execution) {
        return value == null ? null : receiving.apply(value, execution);
    }

    /** What is written for a value. */
    Object sent(Object value, JavaExecution execution) {
        return value == null ? null : sending.apply(value, execution);
    }

    /** Why {@code what}, which is of this type, cannot be sent from here, or {@code null}. */
    String sendingProblem(String what) {
        return nestingProblem(what);
    }

    /** Why {@code what}, which is of this type, cannot be received here, or {@code null}. */
    String receivingProblem(String what) {
        if (type == Callback.class) {
            return what + " arrives as a function; make it a HyphaFunction, or a functional interface such as Action1";
        }
        if (type == HyphaInterface.class) {
            return what + " arrives as a service; make it a HyphaService";
        }
        return nestingProblem(what);
    }

    private String nestingProblem(String what) {
        String rule = null;
        if (mentions(type, raw -> raw != Generics.rawClass(type) && FunctionalType.isOne(raw))) {
            rule = "functions inside of other values have to be HyphaFunction";
        } else if (mentions(type, ResultStyle::isFuture)) {
            rule = "only what a method returns may be a future";
        } else if (mentions(type, raw -> raw == CallContext.class || raw == Kwargs.class)) {
            rule = "only parameters of the service's own methods may be CallContext and Kwargs";
        }
        return rule == null ? null : what + " is a " + TypeRef.nameOf(type) + ", and " + rule;
    }

    private static boolean mentions(Type type, Predicate<Class<?>> isMeant) {
        if (type instanceof GenericArrayType) {
            return mentions(((GenericArrayType) type).getGenericComponentType(), isMeant);
        } else if (type instanceof ParameterizedType) {
            for (Type argument : ((ParameterizedType) type).getActualTypeArguments()) {
                if (mentions(argument, isMeant)) {
                    return true;
                }
            }
        } else if (type instanceof Class && ((Class<?>) type).isArray()) {
            return mentions(((Class<?>) type).getComponentType(), isMeant);
        }
        return isMeant.test(Generics.rawClass(type));
    }

    @Override
    public String toString() {
        return TypeRef.nameOf(type);
    }
}
