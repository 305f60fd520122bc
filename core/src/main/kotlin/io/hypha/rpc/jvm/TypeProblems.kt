package io.hypha.rpc.jvm

import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.value.mentionsFunction
import kotlin.reflect.KType

/** Why values of a type cannot be passed. Found out before the first call, for a result that cannot be received comes after it. */
internal object TypeProblems {
    /** Why [what], of the type [type], cannot be sent from here; null when functions do not stand in its way. */
    fun sending(
        type: KType,
        what: String,
    ): String? {
        val signature = type.signature ?: return nested(type, what)
        return firstOf(
            signature.parameters.map { receiving(it, "a parameter of $what") } + sending(signature.result, "the result of $what"),
        )
    }

    /** Why [what], of the type [type], cannot be received here; null when functions do not stand in its way. */
    fun receiving(
        type: KType,
        what: String,
    ): String? {
        if (type.classifier == LocalFunction::class) {
            return "$what arrives as a RemoteFunction; make it one, or better a suspending function type"
        }
        val signature = type.signature ?: return nested(type, what)
        if (!signature.isSuspending) return "a call of $what would block; make it a suspending function type"
        return firstOf(
            signature.parameters.map { sending(it, "a parameter of $what") } + receiving(signature.result, "the result of $what"),
        )
    }

    private fun nested(
        type: KType,
        what: String,
    ): String? = if (mentionsFunction(type)) "$what is a $type, and functions inside of other values have to be RemoteFunctions" else null

    private fun firstOf(problems: List<String?>): String? = problems.firstNotNullOfOrNull { it }
}
