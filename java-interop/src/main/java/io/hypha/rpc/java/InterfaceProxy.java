package io.hypha.rpc.java;

import io.hypha.rpc.EncodingException;
import io.hypha.rpc.MethodNotFoundException;
import io.hypha.rpc.call.RemoteFunction;
import io.hypha.rpc.service.RemoteService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What stands behind a proxy of a service, or of a group of one: an action for each method of its interface. */
final class InterfaceProxy implements InvocationHandler {
    private final RemoteService service;
    private final String prefix;
    private final InterfacePlan plan;
    private final List<String> missing;
    private final Map<Method, ProxyAction> actions = new HashMap<>();

    private InterfaceProxy(RemoteService service, String prefix, Type type, List<String> missing) {
        this.service = service;
        this.prefix = prefix;
        this.plan = InterfacePlans.ofInterface(type);
        this.missing = missing;
        plan.requireCallable();
        plan.functions.forEach(this::addFunction);
        plan.properties.forEach(this::addProperty);
        plan.local.forEach((method, body) -> actions.put(method, DefaultMethods.action(body)));
        plan.closing.forEach(method -> actions.put(method, (proxy, arguments) -> close()));
    }

    /**
     * A service as an interface.
     *
     * @throws IllegalArgumentException when the interface cannot describe a service.
     * @throws MethodNotFoundException when the service lacks members, naming all of them; nothing was sent.
     */
    static Object of(RemoteService service, Type type) {
        MissingMembers missing = new MissingMembers(service);
        InterfaceProxy handler = new InterfaceProxy(service, "", type, missing.names);
        missing.requireNone(handler.plan.type);
        return handler.proxy();
    }

    private Object proxy() {
        return Proxy.newProxyInstance(plan.type.getClassLoader(), new Class<?>[] {plan.type}, this);
    }

    private void addFunction(TypedFunction function) {
        String path = prefix + function.remoteName;
        Object received = service.value(path);
        if (!(received instanceof RemoteFunction)) {
            missing.add("the function '" + path + "'" + MissingMembers.hint(received));
        }
        ProxyAction action = (proxy, arguments) -> function.call(service, path, arguments);
        function.entries.forEach(entry -> actions.put(entry, action));
    }

    private void addProperty(TypedProperty property) {
        String path = prefix + property.remoteName;
        Object received = service.value(path);
        Object value = null;
        if (property.isGroup && received instanceof Map) {
            value = new InterfaceProxy(service, path + ".", property.type, missing).proxy();
        } else if (!property.isGroup && received != null) {
            value = constant(property, path);
        } else if (!property.isOptional) {
            String hint = received == null ? MissingMembers.hintOfNull(service, path) : "";
            missing.add("the " + (property.isGroup ? "group" : "constant") + " '" + path + "'" + hint);
        }
        Object returned = property.returned(value);
        property.entries.forEach(entry -> actions.put(entry, (proxy, arguments) -> returned));
    }

    /** What a group is part of stays open. */
    private Object close() {
        if (prefix.isEmpty()) {
            service.close();
        }
        return null;
    }

    private Object constant(TypedProperty property, String path) {
        try {
            return ReceivedMembers.value(service, path, property.type);
        } catch (EncodingException e) {
            throw e.within(path);
        }
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        ProxyAction action = actions.get(method);
        if (action != null) {
            return action.run(proxy, arguments);
        }
        String name =
                prefix.isEmpty() ? service.getId() : service.getId() + "." + prefix.substring(0, prefix.length() - 1);
        return ProxyAction.ofEveryObject(proxy, method, arguments, plan.type.getSimpleName() + "(" + name + ")");
    }
}
