package io.hypha.rpc.java;

import io.hypha.rpc.call.Parameter;
import io.hypha.rpc.call.RemoteFunction;
import io.hypha.rpc.jvm.BlockingCallback;
import io.hypha.rpc.jvm.BlockingFunctions;
import io.hypha.rpc.jvm.BlockingHandler;
import io.hypha.rpc.jvm.JavaExecution;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A functional interface, whose values are functions for the other side: {@code Action1<Double>},
 * {@code Function<Integer, String>}, or one of the program's own.
 */
final class FunctionalType extends TypedValue {
    private final MemberMethods member;
    private final List<TypedValue> parameters = new ArrayList<>();
    private final ResultStyle result;

    /** @throws IllegalArgumentException when its method cannot be called by others. */
    FunctionalType(Type type, Set<Type> within) {
        this(type, methodOf(type), TypedValue.of(HyphaFunction.class), with(type, within));
    }

    private FunctionalType(Type type, MemberMethods member, TypedValue function, Set<Type> within) {
        super(type, function.required(), function.nullable(), AS_IT_IS, AS_IT_IS);
        this.member = member;
        int count = member.main().method.getParameterTypes().length;
        for (int index = 0; index < count; index++) {
            parameters.add(TypedValue.of(member.main().parameter(index), within));
        }
        result = ResultStyle.of(member.main().result(), within);
    }

    private static Set<Type> with(Type type, Set<Type> within) {
        if (within.contains(type)) {
            throw new IllegalArgumentException("a " + TypeRef.nameOf(type)
                    + " that takes or returns one of its own kind has no end; make that a HyphaFunction");
        }
        Set<Type> more = new HashSet<>(within);
        more.add(type);
        return more;
    }

    static boolean isOne(Class<?> type) {
        return type.isAnnotationPresent(FunctionalInterface.class);
    }

    private static MemberMethods methodOf(Type type) {
        for (MemberMethods member : MemberMethods.of(type)) {
            if (member.isAbstract()) {
                return member;
            }
        }
        throw new AssertionError(type + " is no functional interface");
    }

    /** A callback that calls {@code value}. One that came from elsewhere travels on as what it was. */
    @Override
    Object sent(Object value, JavaExecution execution) {
        if (value == null) {
            return null;
        }
        Object behind = Proxy.isProxyClass(value.getClass()) ? Proxy.getInvocationHandler(value) : null;
        if (behind instanceof ImportedFunction) {
            return ((ImportedFunction) behind).function();
        }
        List<Parameter> declared = new ArrayList<>();
        for (TypedValue parameter : parameters) {
            declared.add(BlockingFunctions.parameter("arg" + declared.size(), null, parameter.nullable()));
        }
        Method method = Methods.opened(member.main().method);
        BlockingHandler handler = (context, arguments) -> {
            for (int index = 0; index < arguments.length; index++) {
                arguments[index] = parameters.get(index).received(arguments[index], execution);
            }
            return result.sent(result.served(Methods.call(method, value, arguments)), execution);
        };
        return new BlockingCallback(declared, handler).getFunction();
    }

    @Override
    boolean isReadAsItIs() {
        return false;
    }

    /** The remote function as an instance of the interface. */
    @Override
    Object received(Object value, JavaExecution execution) {
        if (value == null) {
            return null;
        }
        Class<?> raw = Generics.rawClass(type);
        return Proxy.newProxyInstance(
                raw.getClassLoader(), new Class<?>[] {raw}, new ImportedFunction((RemoteFunction) value, this));
    }

    boolean isCalledBy(Method method) {
        return member.entries().contains(method);
    }

    /** Calls a function with the arguments of a call of the interface's method. */
    Object call(RemoteFunction function, Object[] arguments) {
        JavaExecution execution = JavaExecution.of(function);
        Object[] sent = new Object[parameters.size()];
        for (int index = 0; index < sent.length; index++) {
            sent[index] = parameters.get(index).sent(arguments[index], execution);
        }
        return result.call(new RemoteCall(function, sent));
    }

    @Override
    String sendingProblem(String what) {
        for (TypedValue parameter : parameters) {
            String problem = parameter.receivingProblem("a parameter of " + what);
            if (problem != null) {
                return problem;
            }
        }
        return result.value.sendingProblem("the result of " + what);
    }

    @Override
    String receivingProblem(String what) {
        for (TypedValue parameter : parameters) {
            String problem = parameter.sendingProblem("a parameter of " + what);
            if (problem != null) {
                return problem;
            }
        }
        return result.value.receivingProblem("the result of " + what);
    }
}
