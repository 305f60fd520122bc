package io.hypha.rpc.jvm

import io.hypha.rpc.call.CallContext
import java.lang.reflect.Method
import kotlin.reflect.KType

/** A service interface with everything found out that calls need, once for all of its proxies and implementations. */
internal class InterfacePlan(
    private val declared: DeclaredInterface,
    styles: List<CallStyle>,
) {
    private val problems = declared.problems.toMutableList()

    val type: Class<*> get() = declared.type
    val name: String = type.simpleName
    val description: String? get() = declared.description
    val local: Map<Method, Method> get() = declared.local
    val functions: List<FunctionPlan> = declared.functions.mapNotNull { plan(it, styles) }
    val constants: List<ConstantPlan> = declared.properties.filterNot { isGroup(it.type) }.map(::ConstantPlan)
    val groups: List<DeclaredProperty> = declared.properties.filter { isGroup(it.type) }

    init {
        val names = functions.map { it.name } + declared.properties.map { it.remoteName }
        for (twice in names.groupBy { it }.filterValues { it.size > 1 }.keys) problems += "several members are called '$twice'"
        requireNone(problems)
    }

    private fun plan(
        function: DeclaredFunction,
        styles: List<CallStyle>,
    ): FunctionPlan? {
        for (style in styles) style.resultOf(function)?.let { return FunctionPlan(function, style, Passing.of(it)) }
        problems += "'${function.name}' would block its caller: make it suspend, or let it return a Flow"
        return null
    }

    /** A proxy has to receive what functions result in; not everything that can be sent arrives as the same type. */
    fun requireCallable() {
        requireNone(
            functions.flatMap { it.problems(parameters = TypeProblems::sending, result = TypeProblems::receiving) } +
                constants.mapNotNull { TypeProblems.receiving(it.declared.type, "the constant")?.let { why -> "'${it.name}': $why" } },
        )
    }

    /** An implementation has to receive what callers pass. */
    fun requireReceivable() {
        requireNone(functions.flatMap { it.problems(parameters = TypeProblems::receiving, result = TypeProblems::sending) })
    }

    private fun FunctionPlan.problems(
        parameters: (KType, String) -> String?,
        result: (KType, String) -> String?,
    ): List<String> =
        (this.parameters.map { parameters(it.declared.type, "'${it.name}'") } + result(declared.result, "its result"))
            .filterNotNull()
            .map { "'${declared.name}': $it" }

    private fun requireNone(problems: List<String>) {
        require(problems.isEmpty()) { "${type.name} cannot describe a service: " + problems.joinToString("; ") }
    }

    override fun toString(): String = "InterfacePlan($name)"
}

/** One remote function of an interface. */
internal class FunctionPlan(
    val declared: DeclaredFunction,
    val style: CallStyle,
    val result: Passing,
) {
    val name: String get() = declared.remoteName
    val all: List<ParameterPlan?> =
        declared.parameters.map { if (it.type.classifier == CallContext::class) null else ParameterPlan(it, Passing.of(it.type)) }

    /** The parameters that callers pass; the context of a call is none of them. */
    val parameters: List<ParameterPlan> = all.filterNotNull()

    /** The one through which implementations are called. */
    val entry: MethodEntry get() = declared.entries.first()
}

internal class ParameterPlan(
    val declared: DeclaredParameter,
    val passing: Passing,
) {
    val name: String get() = declared.remoteName
}

internal class ConstantPlan(
    val declared: DeclaredProperty,
) {
    val name: String get() = declared.remoteName
    val passing: Passing = Passing.of(declared.type)
}

/** Properties whose type is an interface are groups of further members, unless the interface is a type of values. */
private fun isGroup(type: KType): Boolean {
    val found = type.kotlinClass?.java ?: return false
    return found.isInterface &&
        listOf("java.", "kotlin.", "kotlinx.", "io.hypha.rpc.value.").none(found.name::startsWith) &&
        !found.isAnnotationPresent(kotlinx.serialization.Serializable::class.java)
}
