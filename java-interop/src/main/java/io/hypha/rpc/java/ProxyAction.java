package io.hypha.rpc.java;

import java.lang.reflect.Method;

/** What a method of a proxy does. */
interface ProxyAction {
    /** @param arguments {@code null} when there are none. */
    Object run(Object proxy, Object[] arguments) throws Throwable;

    /** {@code equals}, {@code hashCode} and {@code toString} of a proxy, which is equal to itself only. */
    static Object ofEveryObject(Object proxy, Method method, Object[] arguments, String text) {
        switch (method.getName()) {
            case "equals":
                return proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "toString":
                return text;
            default:
                throw new AbstractMethodError(Methods.nameOf(method) + " is no part of the service");
        }
    }
}
