package io.hypha.rpc.jvm

import io.hypha.rpc.service.RemoteService
import java.lang.reflect.InvocationHandler
import java.lang.reflect.Method

/** What stands behind a proxy: an action for each of its methods. */
internal class ServiceProxy(
    private val text: String,
    private val actions: Map<Method, ProxyAction>,
) : InvocationHandler {
    override fun invoke(
        proxy: Any,
        method: Method,
        arguments: Array<Any?>?,
    ): Any? {
        val action = actions[method] ?: return identityMethod(proxy, method, arguments) { text }
        return action.run(proxy, arguments ?: none)
    }

    private companion object {
        val none = emptyArray<Any?>()
    }
}

/** What a method of a proxy does. */
internal fun interface ProxyAction {
    fun run(
        proxy: Any,
        arguments: Array<Any?>,
    ): Any?
}

/** The getter of a constant or of a group. */
internal class ValueAction(
    private val value: Any?,
) : ProxyAction {
    override fun run(
        proxy: Any,
        arguments: Array<Any?>,
    ): Any? = value
}

/** Calls a remote function, through the service, so that the call goes where the service is by then. */
internal class RemoteAction(
    private val service: RemoteService,
    private val path: String,
    private val plan: FunctionPlan,
    private val entry: MethodEntry,
) : ProxyAction {
    override fun run(
        proxy: Any,
        arguments: Array<Any?>,
    ): Any? {
        val values = entry.received(arguments)
        val isByKeyword = plan.declared.isByKeyword
        val args = if (isByKeyword) emptyList() else positional(values)
        val kwargs = if (isByKeyword) named(values) else emptyMap()
        return plan.style.call(TypedCall(service, path, plan.result, entry, args, kwargs, arguments.lastOrNull()))
    }

    private fun positional(values: List<Any?>): List<Any?> {
        val args = ArrayList<Any?>(values.size)
        plan.all.forEachIndexed { index, parameter -> if (parameter != null) args += parameter.passing.argument(values[index]) }
        return args
    }

    private fun named(values: List<Any?>): Map<String, Any?> {
        val kwargs = LinkedHashMap<String, Any?>()
        plan.all.forEachIndexed { index, parameter ->
            if (parameter != null) kwargs[parameter.name] = parameter.passing.argument(values[index])
        }
        return kwargs
    }
}
