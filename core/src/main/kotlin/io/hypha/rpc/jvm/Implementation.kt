package io.hypha.rpc.jvm

import io.hypha.rpc.call.CallScope
import io.hypha.rpc.call.ComputedDefault
import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.call.Parameter
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.service.MembersBuilder

/** An object whose members become those of a service. */
internal class Implementation(
    private val plan: InterfacePlan,
    private val target: Any,
) {
    fun addTo(members: MembersBuilder) {
        plan.requireReceivable()
        for (function in plan.functions) members.function(serving(function))
        for (constant in plan.constants) addConstant(members, constant)
        for (group in plan.groups) {
            val part =
                group.getter.method
                    .opened()
                    .call(target, emptyArray()) ?: continue
            val inner = Implementation(InterfacePlans.of(group.type), part)
            members.group(group.remoteName) { inner.addTo(this) }
        }
    }

    private fun serving(function: FunctionPlan): LocalFunction {
        val parameters =
            function.parameters.map {
                Parameter(it.name, it.declared.description, it.declared.hasDefault, ComputedDefault, it.passing.received)
            }
        function.entry.method.opened()
        function.declared.defaults?.open()
        val handler = ImplementedFunction(function, target)
        return LocalFunction(function.name, function.declared.description, parameters, function.result.sent) { handler.serve(this, it) }
    }

    private fun addConstant(
        members: MembersBuilder,
        constant: ConstantPlan,
    ) {
        val getter = constant.declared.getter
        val value = getter.obtained(getter.method.opened().call(target, emptyArray()))
        val signature = constant.declared.type.signature
        val member = if (signature == null || value == null) value else FunctionValues(signature).export(value, constant.name, null)
        when {
            member is LocalFunction -> members.function(member)
            member is RemoteFunction || isPlain(member) -> members.value(constant.name, member)
            else -> members.value(constant.name, constant.passing.argument(member))
        }
    }

    /** Values that are told apart by their classes alone stay bare: descriptions of the service can then say what they are. */
    private fun isPlain(value: Any?): Boolean =
        when (value) {
            null, is Boolean, is Number, is String -> true
            is List<*> -> value.all(::isPlain)
            else -> false
        }
}

/** Serves the calls of one function of an implementation. */
private class ImplementedFunction(
    private val plan: FunctionPlan,
    private val target: Any,
) {
    private val parameters = plan.all

    suspend fun serve(
        scope: CallScope,
        arguments: Array<Any?>,
    ): Any? {
        val values = arrayOfNulls<Any?>(parameters.size)
        var missing: BooleanArray? = null
        var next = 0
        for (index in values.indices) {
            val parameter = parameters[index]
            if (parameter == null) {
                values[index] = scope.context
                continue
            }
            val argument = arguments[next++]
            if (argument === ComputedDefault) {
                missing = (missing ?: BooleanArray(values.size)).also { it[index] = true }
            } else {
                values[index] = parameter.passing.receive(argument)
            }
        }
        val result = run(values.asList(), missing)
        return plan.result.send(plan.entry.obtained(result))
    }

    private suspend fun run(
        values: List<Any?>,
        missing: BooleanArray?,
    ): Any? {
        val defaults = plan.declared.defaults
        if (missing == null || defaults == null) return plan.style.serve { plan.entry.method.call(target, plan.entry.passed(values, *it)) }
        return plan.style.serve { defaults.call(target, values, missing, *it) }
    }
}
