package io.hypha.rpc.java;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bodies of default methods, run on a proxy of their interface. Android can do that from API level 33 on. */
final class DefaultMethods {
    private DefaultMethods() {}

    /** @throws IllegalArgumentException when the body cannot be reached. */
    static ProxyAction action(Method method) {
        try {
            return Handles.action(method);
        } catch (LinkageError e) {
            throw new IllegalArgumentException(
                    "the body of " + Methods.nameOf(method) + " cannot be run on a proxy here: Android can from API"
                            + " level 33 on; make it a static method that takes the proxy",
                    e);
        }
    }

    @BeyondAndroid24
    private static final class Handles {
        static ProxyAction action(Method method) {
            Class<?> owner = method.getDeclaringClass();
            try {
                MethodHandle body = MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
                        .unreflectSpecial(method, owner)
                        .asFixedArity();
                return (proxy, arguments) -> body.invokeWithArguments(withReceiver(proxy, arguments));
            } catch (IllegalAccessException e) {
                return ofExported(method, e);
            }
        }

        private static List<Object> withReceiver(Object proxy, Object[] arguments) {
            List<Object> all = new ArrayList<>();
            all.add(proxy);
            if (arguments != null) {
                all.addAll(Arrays.asList(arguments));
            }
            return all;
        }

        /** From Java 16 on, the interface needs not be open if it is exported, as those of Java itself are. */
        private static ProxyAction ofExported(Method method, IllegalAccessException reason) {
            try {
                Method invoker =
                        InvocationHandler.class.getMethod("invokeDefault", Object.class, Method.class, Object[].class);
                return (proxy, arguments) -> Methods.call(invoker, null, proxy, method, arguments);
            } catch (NoSuchMethodException e) {
                throw Methods.unreachable(method, reason);
            }
        }
    }
}
