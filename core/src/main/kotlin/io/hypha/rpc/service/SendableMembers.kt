package io.hypha.rpc.service

import io.hypha.rpc.EncodingException
import io.hypha.rpc.call.ComputedDefault
import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.call.writeAs
import io.hypha.rpc.value.ByteSource
import io.hypha.rpc.value.References
import io.hypha.rpc.value.ValueFormat
import io.hypha.rpc.value.ValueWriter
import io.hypha.rpc.wire.MsgPackWriter
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.SerializationStrategy

/**
 * Refuses, when a service is registered, what would fail only at its callers: parameters that cannot be received, constants that cannot be
 * sent, and default values of another type than their parameter's.
 */
internal class SendableMembers(
    private val format: ValueFormat,
) {
    /** @throws IllegalArgumentException naming the first member that is wrong. */
    fun require(service: Service) {
        service.functions.forEach { (path, function) -> requireParameters(path.removePrefix("services."), function) }
        requireConstants(service.id, service.members)
        service.functions.forEach { (path, function) -> requireDefaults(path.removePrefix("services."), function) }
    }

    private fun requireParameters(
        path: String,
        function: LocalFunction,
    ) {
        for (parameter in function.parameters) {
            try {
                format.serializer(parameter.shape)
            } catch (e: EncodingException) {
                throw IllegalArgumentException("the parameter '${parameter.name}' of $path cannot be received: ${e.message}", e)
            }
        }
    }

    private fun requireConstants(
        path: String,
        members: Map<String, Any?>,
    ) {
        for ((name, member) in members) {
            val group = groupOf(member)
            when {
                member is LocalFunction -> Unit
                group != null -> requireConstants("$path.$name", group)
                else -> requireSendable("$path.$name", member)
            }
        }
    }

    private fun requireSendable(
        path: String,
        constant: Any?,
    ) {
        try {
            format.write(constant, MsgPackWriter(), AnyReference)
        } catch (e: EncodingException) {
            throw IllegalArgumentException("the constant $path cannot be sent: ${e.message}", e)
        }
    }

    private fun requireDefaults(
        path: String,
        function: LocalFunction,
    ) {
        for (parameter in function.parameters) {
            if (!parameter.hasDefault || parameter.default === ComputedDefault) continue
            val problem = "the default of the parameter '${parameter.name}' of $path is not of the parameter's type"
            try {
                format.writeAs(parameter.shape, parameter.default, MsgPackWriter(), AnyReference)
            } catch (e: ClassCastException) {
                throw IllegalArgumentException(problem, e)
            } catch (e: NullPointerException) {
                throw IllegalArgumentException("$problem, which cannot be null", e)
            } catch (_: EncodingException) {
                continue // Of a type that can only be received: nobody sends a default.
            }
        }
    }

    /** Takes every function and stream: where one may stand is known only when a caller is. */
    private object AnyReference : References {
        override fun write(
            value: Any,
            element: SerializationStrategy<Any?>?,
            out: ValueWriter,
        ) = out.write(null)

        override fun method(entries: Map<String, Any?>): Any = error("nothing is read")

        override fun <T> generator(
            entries: Map<String, Any?>,
            element: DeserializationStrategy<T>,
        ): Flow<T> = error("nothing is read")

        override fun byteSource(entries: Map<String, Any?>): ByteSource = error("nothing is read")
    }
}
