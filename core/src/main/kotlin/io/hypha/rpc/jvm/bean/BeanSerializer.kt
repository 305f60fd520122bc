@file:OptIn(ExperimentalSerializationApi::class)

package io.hypha.rpc.jvm.bean

import io.hypha.rpc.EncodingException
import io.hypha.rpc.jvm.EventThreads
import io.hypha.rpc.value.AnySerializer
import io.hypha.rpc.value.HyphaEncoder
import io.hypha.rpc.value.encodingProblem
import io.hypha.rpc.value.misfit
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.MissingFieldException
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.CompositeDecoder
import kotlinx.serialization.encoding.CompositeEncoder
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import java.lang.reflect.Type

/**
 * A record or a bean as a map from the names of its properties to their values. They are written as what they are, and read as what they
 * were declared as.
 *
 * @param type the class, with its type arguments if it has some.
 * @param find the serializers of other types.
 */
internal class BeanSerializer(
    private val type: Type,
    private val model: ClassModel,
    private val find: (Type) -> KSerializer<Any>,
) : KSerializer<Any> {
    private val written = model.written
    private val read = model.read
    private val variables by lazy(LazyThreadSafetyMode.PUBLICATION) { TypeVariables.of(type) }
    private val writing = BeanDescriptor(type, model, View.Written) { serializerOf(it).descriptor }
    private val reading = BeanDescriptor(type, model, View.Read) { serializerOf(it).descriptor }
    private val parts: Array<KSerializer<Any>> by lazy(LazyThreadSafetyMode.PUBLICATION) { Array(read.size) { serializerOf(read[it]) } }

    private val place = "the code of ${model.type.name}"

    override val descriptor: SerialDescriptor = BeanDescriptor(type, model, View.Described) { serializerOf(it).descriptor }

    private fun serializerOf(property: Property): KSerializer<Any> =
        try {
            find(variables.resolve(property.type))
        } catch (e: EncodingException) {
            throw EncodingException("${property.javaName} of ${descriptor.serialName}: ${e.problem}", cause = e)
        }

    /** Looks for the serializers of all that is read, so that what cannot be received is known before anything is. */
    fun prepare() {
        parts.size
    }

    override fun serialize(
        encoder: Encoder,
        value: Any,
    ) {
        EventThreads.run(place) { write(encoder, value) }
    }

    private fun write(
        encoder: Encoder,
        value: Any,
    ) {
        if (!model.type.isInstance(value)) throw ClassCastException("${value.javaClass.name} is no ${model.type.name}")
        val isOpen = encoder is HyphaEncoder
        val output = encoder.beginStructure(writing)
        for (index in written.indices) {
            val property = written[index]
            val part =
                try {
                    property.get(value)
                } catch (e: EncodingException) {
                    throw e.within(property.name)
                } catch (e: IllegalArgumentException) {
                    throw encodingProblem(e).within(property.name)
                }
            if (isOpen) {
                writeOpen(output, index, part)
            } else {
                output.encodeNullableSerializableElement(writing, index, serializerOf(property), part)
            }
        }
        output.endStructure(writing)
    }

    private fun writeOpen(
        output: CompositeEncoder,
        index: Int,
        value: Any?,
    ) {
        when (value) {
            null -> output.encodeNullableSerializableElement(writing, index, AnySerializer, null)
            is String -> output.encodeStringElement(writing, index, value)
            is Int -> output.encodeIntElement(writing, index, value)
            is Long -> output.encodeLongElement(writing, index, value)
            is Double -> output.encodeDoubleElement(writing, index, value)
            is Boolean -> output.encodeBooleanElement(writing, index, value)
            else -> output.encodeSerializableElement(writing, index, AnySerializer, value)
        }
    }

    override fun deserialize(decoder: Decoder): Any {
        val input = decoder.beginStructure(reading)
        val values = arrayOfNulls<Any?>(read.size)
        val isRead = BooleanArray(read.size)
        while (true) {
            val index = input.decodeElementIndex(reading)
            if (index == CompositeDecoder.DECODE_DONE) break
            values[index] = input.decodeNullableSerializableElement(reading, index, parts[index])
            isRead[index] = values[index] != null || isNull(read[index])
        }
        input.endStructure(reading)
        return EventThreads.call(place) { if (model.isRecord) record(values, isRead) else bean(values, isRead) }
    }

    /** Whether nil is the null of a property; a primitive one of a bean keeps its first value, since JavaScript sends nil for undefined. */
    private fun isNull(property: Property): Boolean {
        if (!property.isPrimitive) return true
        if (model.isRecord) throw misfit("${property.type}", "nil, which a primitive component cannot be").within(property.name)
        return false
    }

    private fun record(
        values: Array<Any?>,
        isRead: BooleanArray,
    ): Any {
        var missing: MutableList<String>? = null
        for (index in values.indices) {
            if (isRead[index]) continue
            val part = parts[index]
            if (part is OptionalSerializer) {
                values[index] = part.absent
            } else {
                missing = (missing ?: ArrayList()).also { it += read[index].name }
            }
        }
        if (missing != null) throw MissingFieldException(missing, descriptor.serialName)
        return model.make(*values)
    }

    private fun bean(
        values: Array<Any?>,
        isRead: BooleanArray,
    ): Any {
        val bean = model.make()
        for (index in values.indices) if (isRead[index]) set(bean, read[index], values[index])
        return bean
    }

    private fun set(
        bean: Any,
        property: Property,
        value: Any?,
    ) {
        try {
            property.set(bean, value)
        } catch (e: EncodingException) {
            throw e.within(property.name)
        } catch (e: IllegalArgumentException) {
            throw encodingProblem(e).within(property.name)
        }
    }
}
