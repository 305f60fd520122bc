package io.hypha.rpc.java;

import io.hypha.rpc.call.RemoteFunction;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;

/** Calls a remote function that the program sees as an instance of a functional interface. */
final class ImportedFunction implements InvocationHandler {
    private final RemoteFunction function;
    private final FunctionalType type;

    ImportedFunction(RemoteFunction function, FunctionalType type) {
        this.function = function;
        this.type = type;
    }

    RemoteFunction function() {
        return function;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (type.isCalledBy(method)) {
            return type.call(function, arguments);
        } else if (method.isDefault()) {
            return DefaultMethods.action(method).run(proxy, arguments);
        }
        return ProxyAction.ofEveryObject(proxy, method, arguments, type + "(" + function.getName() + ")");
    }
}
