package io.hypha.rpc.jvm

import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.call.Parameter
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.value.Referable
import java.lang.reflect.InvocationHandler
import java.lang.reflect.Method
import java.lang.reflect.Proxy
import kotlin.coroutines.Continuation
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

/** Kotlin functions of one type as functions that others can call, and the reverse. */
internal class FunctionValues(
    private val signature: FunctionSignature,
) {
    private val parameters by lazy { signature.parameters.map(Passing::of) }
    private val result by lazy { Passing.of(signature.result) }
    private val type = functionClass(signature.parameters.size + if (signature.isSuspending) 1 else 0)
    private val invoke: Method = type.declaredMethods.first { it.name == "invoke" }

    /** [value], a function of this type, to be called by others. One that came from elsewhere travels on as what it was. */
    fun export(
        value: Any,
        name: String,
        description: String?,
    ): Referable {
        (handlerOf(value) as? ImportedFunction)?.let { return it.function }
        val declared =
            parameters.mapIndexed { index, passing -> Parameter("arg$index", null, hasDefault = false, default = null, passing.received) }
        return LocalFunction(name, description, declared, result.sent) { arguments -> result.send(run(value, arguments)) }
    }

    private suspend fun run(
        value: Any,
        arguments: Array<Any?>,
    ): Any? {
        val passed = Array(arguments.size) { parameters[it].receive(arguments[it]) }
        if (!signature.isSuspending) return invoke.call(value, passed)
        return suspendCoroutineUninterceptedOrReturn<Any?> { invoke.call(value, arrayOf(*passed, it)) }
    }

    /** [function] as a function of this type; its calls suspend. */
    fun import(function: RemoteFunction): Any {
        check(signature.isSuspending) { "a call of $signature would block its caller" }
        return Proxy.newProxyInstance(type.classLoader, arrayOf(type), ImportedFunction(function, parameters, result))
    }

    private fun handlerOf(value: Any): Any? = if (Proxy.isProxyClass(value.javaClass)) Proxy.getInvocationHandler(value) else null

    private companion object {
        const val MOST_PARAMETERS = 22

        fun functionClass(parameters: Int): Class<*> {
            require(parameters <= MOST_PARAMETERS) { "a function that is passed has at most $MOST_PARAMETERS parameters" }
            return Class.forName("kotlin.jvm.functions.Function$parameters")
        }
    }
}

/** Calls a remote function that Kotlin code sees as a suspending one. */
private class ImportedFunction(
    val function: RemoteFunction,
    private val parameters: List<Passing>,
    private val result: Passing,
) : InvocationHandler {
    override fun invoke(
        proxy: Any,
        method: Method,
        arguments: Array<Any?>?,
    ): Any? {
        if (method.declaringClass == Any::class.java) return identityMethod(proxy, method, arguments) { function.toString() }
        val passed = arguments.orEmpty()
        @Suppress("UNCHECKED_CAST") // The compiler passes the continuation of the caller last.
        return suspending(passed.last() as Continuation<Any?>) {
            result.receive(function.call(result.received, parameters.mapIndexed { index, passing -> passing.argument(passed[index]) }))
        }
    }
}

/** `equals`, `hashCode` and `toString` of a proxy, which is equal to itself only. */
internal fun identityMethod(
    proxy: Any,
    method: Method,
    arguments: Array<Any?>?,
    text: () -> String,
): Any? =
    when (method.name) {
        "equals" -> proxy === arguments?.single()
        "hashCode" -> System.identityHashCode(proxy)
        "toString" -> text()
        else -> throw AbstractMethodError("$method is no part of the service")
    }
