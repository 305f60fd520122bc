package io.hypha.rpc.jvm

import io.hypha.rpc.EncodingException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.service.RemoteService
import java.lang.reflect.Method
import java.lang.reflect.Proxy

/** Makes the proxy of one service, with those of its groups. */
internal class ProxyFactory(
    private val service: RemoteService,
) {
    private val missing = ArrayList<String>()
    private val constants by lazy { ReceivedConstants.of(service) }

    fun make(plan: InterfacePlan): Any {
        val proxy = make(plan, "")
        if (missing.isNotEmpty()) throw MethodNotFoundException(complaint(plan))
        return proxy
    }

    private fun make(
        plan: InterfacePlan,
        prefix: String,
    ): Any {
        plan.requireCallable()
        val actions = HashMap<Method, ProxyAction>()
        for (function in plan.functions) {
            val path = prefix + function.name
            if (service.value(path) !is RemoteFunction) missing += "the function '$path'"
            for (entry in function.declared.entries) actions[entry.method] = RemoteAction(service, path, function, entry)
        }
        for (constant in plan.constants) {
            val value = constant(constant, prefix + constant.name)
            for (entry in constant.declared.entries) actions[entry.method] = ValueAction(entry.returned(value))
        }
        for (group in plan.groups) {
            val value = group(group, prefix + group.remoteName)
            for (entry in group.entries) actions[entry.method] = ValueAction(value)
        }
        for ((method, body) in plan.local) actions[method] = LocalAction.of(body)
        val name = if (prefix.isEmpty()) service.id else service.id + "." + prefix.dropLast(1)
        return Proxy.newProxyInstance(plan.type.classLoader, arrayOf(plan.type), ServiceProxy("${plan.name}($name)", actions))
    }

    private fun constant(
        constant: ConstantPlan,
        path: String,
    ): Any? {
        val value = service.value(path)
        if (value == null) {
            if (!constant.declared.type.isMarkedNullable) missing += "the constant '$path'"
            return null
        }
        try {
            return constants.convert(value, constant)
        } catch (e: EncodingException) {
            throw e.within(path)
        }
    }

    private fun group(
        group: DeclaredProperty,
        path: String,
    ): Any? {
        if (service.value(path) !is Map<*, *>) {
            if (!group.type.isMarkedNullable) missing += "the group '$path'"
            return null
        }
        return make(InterfacePlans.of(group.type), "$path.")
    }

    private fun complaint(plan: InterfacePlan): String {
        val functions = service.functionNames()
        val constants = service.entries.filter { (name, value) -> isConstant(name, value) }.keys
        return "service ${service.id} does not fit ${plan.type.name}: it lacks ${missing.joinToString()}. It has " +
            (if (functions.isEmpty()) "no functions" else "the functions ${functions.joinToString()}") +
            (if (constants.isEmpty()) "" else " and the constants ${constants.joinToString()}")
    }

    private fun isConstant(
        name: String,
        value: Any?,
    ) = name !in properties && !name.startsWith("_") && value !is RemoteFunction && value !is Map<*, *>

    private companion object {
        /** What every service has besides its members. */
        val properties = setOf("id", "name", "type", "description", "docs", "config", "app_id", "service_schema")
    }
}
