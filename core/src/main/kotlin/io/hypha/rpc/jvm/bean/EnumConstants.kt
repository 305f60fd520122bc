@file:OptIn(InternalSerializationApi::class, ExperimentalSerializationApi::class)

package io.hypha.rpc.jvm.bean

import io.hypha.rpc.EncodingException
import io.hypha.rpc.jvm.RemoteName
import io.hypha.rpc.service.Description
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.InternalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.descriptors.buildSerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder

/** The constants of an enum class by their names, or by what [RemoteName] says. */
internal class EnumConstants(
    type: Class<*>,
) : KSerializer<Any> {
    private val constants = type.enumConstants.map { it as Enum<*> }

    override val descriptor: SerialDescriptor =
        buildSerialDescriptor(type.canonicalName ?: type.name, SerialKind.ENUM) {
            find<Description>(type)?.let { annotations = listOf(it) }
            for (name in names(type)) element(name, constantDescriptor)
        }

    private fun names(type: Class<*>): Set<String> {
        val named = LinkedHashMap<String, Enum<*>>()
        for (constant in constants) {
            val name = remoteName(type, constant) ?: constant.name
            val other = named.put(name, constant) ?: continue
            throw EncodingException(
                "${other.name} and ${constant.name} of ${type.name} have the same name '$name': give one of them another @RemoteName",
            )
        }
        return named.keys
    }

    override fun serialize(
        encoder: Encoder,
        value: Any,
    ) {
        encoder.encodeEnum(descriptor, (value as Enum<*>).ordinal)
    }

    override fun deserialize(decoder: Decoder): Any = constants[decoder.decodeEnum(descriptor)]

    /** A program that was shrunk may have renamed the field; one with a name of ours it keeps. */
    private fun remoteName(
        type: Class<*>,
        constant: Enum<*>,
    ): String? =
        try {
            find<RemoteName>(type.getField(constant.name))?.value
        } catch (_: NoSuchFieldException) {
            null
        }

    private companion object {
        val constantDescriptor = buildSerialDescriptor("constant", StructureKind.OBJECT)
    }
}
