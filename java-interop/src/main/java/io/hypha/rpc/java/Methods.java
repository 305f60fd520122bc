package io.hypha.rpc.java;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;

/** Calls of methods that are known at run time only. */
final class Methods {
    private Methods() {}

    /**
     * The same method, callable although its class may not be public.
     *
     * @throws IllegalArgumentException when its class is in a module that keeps it to itself.
     */
    static Method opened(Method method) {
        try {
            method.setAccessible(true);
            return method;
        } catch (RuntimeException e) { // Android 7 knows neither modules nor their exception.
            throw unreachable(method, e);
        }
    }

    static IllegalArgumentException unreachable(Method method, Throwable cause) {
        String owner = method.getDeclaringClass().getName();
        int end = owner.lastIndexOf('.');
        String folder = end < 0 ? "the unnamed package" : owner.substring(0, end);
        return new IllegalArgumentException(
                owner + " cannot be used: its module-info.java has to say 'opens " + folder + " to io.hypha.rpc.java;'",
                cause);
    }

    /**
     * Calls the method and throws what it throws; a {@code Throwable} that is neither an exception nor an error in one.
     */
    static Object call(Method method, Object receiver, Object... arguments) throws Exception {
        try {
            return method.invoke(receiver, arguments);
        } catch (InvocationTargetException e) {
            throw failure(e.getCause());
        }
    }

    /** What to throw for it: errors are thrown here, and a {@code Throwable} that is no exception either is wrapped. */
    static Exception failure(Throwable cause) {
        if (cause instanceof Error) {
            throw (Error) cause;
        }
        return cause instanceof Exception
                ? (Exception) cause
                : new UndeclaredThrowableException(cause, cause.toString());
    }

    /** How a program writes it, for messages: {@code com.example.Calculator.add}. */
    static String nameOf(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}
