package io.hypha.rpc.jvm

import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.value.Referable
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.ValueFormat
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter

/**
 * Constants of a service, which were received without a type, as the types of an interface.
 *
 * @param format that of the connection through which they came; it knows the serializers and codecs of the user.
 */
internal class ReceivedConstants(
    private val format: ValueFormat,
) {
    fun convert(
        value: Any,
        constant: ConstantPlan,
    ): Any? {
        val type = constant.declared.type
        val wanted = type.kotlinClass
        return when {
            value is Referable && (value !is RemoteFunction || wanted == RemoteFunction::class) -> value

            value is RemoteFunction && type.signature != null -> constant.passing.receive(value)

            // What a codec of the user made of it, and what is no different in Kotlin.
            type.arguments.isEmpty() && wanted?.isInstance(value) == true -> value

            else -> constant.passing.receive(read(value, constant.passing.received))
        }
    }

    fun <T> read(
        value: Any,
        shape: Shape<T>,
    ): T {
        val out = MsgPackWriter()
        format.write(value, out, references = null)
        return format.read(format.serializer(shape), MsgPackReader(out.finish().toBytes(), format.limits), references = null)
    }

    companion object {
        /** Reads the constants of [service]. */
        fun of(service: RemoteService): ReceivedConstants =
            ReceivedConstants(service.functionNames().firstOrNull()?.let { service[it].format } ?: ValueFormat())
    }
}
