@file:OptIn(ExperimentalSerializationApi::class)

package io.hypha.rpc.jvm.bean

import io.hypha.rpc.EncodingException
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationStrategy
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.listSerialDescriptor
import kotlinx.serialization.descriptors.mapSerialDescriptor
import kotlinx.serialization.descriptors.setSerialDescriptor
import kotlinx.serialization.encoding.CompositeDecoder
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import java.lang.reflect.Array as Arrays

/**
 * A list, set or array. Its elements may be null, as they may in Java, although their descriptor does not say so: schemas would only
 * become harder to read.
 */
internal class ElementsSerializer private constructor(
    private val element: KSerializer<Any>,
    private val type: Class<*>,
    isSet: Boolean,
    private val build: (List<Any?>) -> Any,
) : KSerializer<Any> {
    override val descriptor: SerialDescriptor by lazy(LazyThreadSafetyMode.PUBLICATION) {
        if (isSet) setSerialDescriptor(element.descriptor) else listSerialDescriptor(element.descriptor)
    }

    override fun serialize(
        encoder: Encoder,
        value: Any,
    ) {
        val elements = if (value is Collection<*>) value else (value as Array<*>).asList()
        val output = encoder.beginCollection(descriptor, elements.size)
        elements.forEachIndexed { index, it -> output.encodeNullableSerializableElement(descriptor, index, element, it) }
        output.endStructure(descriptor)
    }

    override fun deserialize(decoder: Decoder): Any {
        val input = decoder.beginStructure(descriptor)
        val elements = ArrayList<Any?>()
        if (input.decodeSequentially()) {
            val size = input.decodeCollectionSize(descriptor)
            elements.ensureCapacity(size)
            while (elements.size < size) elements += input.decodeNullableSerializableElement(descriptor, elements.size, element)
        } else {
            while (true) {
                val index = input.decodeElementIndex(descriptor)
                if (index == CompositeDecoder.DECODE_DONE) break
                elements += input.decodeNullableSerializableElement(descriptor, index, element)
            }
        }
        input.endStructure(descriptor)
        return built(type, elements) { build(elements) }
    }

    companion object {
        /** A list of the class [type]; null when there is none of that class. */
        fun list(
            type: Class<*>,
            element: () -> KSerializer<Any>,
        ) = Collections.list(type)?.let { ElementsSerializer(element(), type, isSet = false, it) }

        /** A set of the class [type]; null when there is none of that class. */
        fun set(
            type: Class<*>,
            element: () -> KSerializer<Any>,
        ) = Collections.set(type)?.let { ElementsSerializer(element(), type, isSet = true, it) }

        /** An array with elements of the class [component]. */
        fun array(
            component: Class<*>,
            element: KSerializer<Any>,
        ) = ElementsSerializer(element, component, isSet = false) { elements ->
            elements.toArray(component)
        }

        private fun List<Any?>.toArray(component: Class<*>): Any {
            @Suppress("UNCHECKED_CAST") // Elements were read as the component.
            val array = Arrays.newInstance(component, size) as Array<Any?>
            for (index in indices) array[index] = this[index]
            return array
        }
    }
}

/** A map; its values may be null, its keys may not. */
internal class EntriesSerializer(
    private val key: KSerializer<Any>,
    private val value: KSerializer<Any>,
    private val type: Class<*>,
    private val build: (Map<Any?, Any?>) -> Any,
) : KSerializer<Any> {
    override val descriptor: SerialDescriptor by lazy(LazyThreadSafetyMode.PUBLICATION) {
        mapSerialDescriptor(key.descriptor, value.descriptor)
    }

    override fun serialize(
        encoder: Encoder,
        value: Any,
    ) {
        val map = value as Map<*, *>
        val output = encoder.beginCollection(descriptor, map.size)
        var index = 0
        for ((itsKey, itsValue) in map) {
            @Suppress("UNCHECKED_CAST") // A key that is null is refused by the encoder.
            output.encodeSerializableElement(descriptor, index++, key as SerializationStrategy<Any?>, itsKey)
            output.encodeNullableSerializableElement(descriptor, index++, this.value, itsValue)
        }
        output.endStructure(descriptor)
    }

    override fun deserialize(decoder: Decoder): Any {
        val input = decoder.beginStructure(descriptor)
        val entries = LinkedHashMap<Any?, Any?>()
        if (input.decodeSequentially()) {
            repeat(input.decodeCollectionSize(descriptor)) {
                val itsKey = input.decodeSerializableElement(descriptor, 2 * it, key)
                val itsValue = input.decodeNullableSerializableElement(descriptor, 2 * it + 1, value)
                built(type, emptyList<Any>()) { entries[itsKey] = itsValue }
            }
        } else {
            while (true) {
                val index = input.decodeElementIndex(descriptor)
                if (index == CompositeDecoder.DECODE_DONE) break
                val itsKey = input.decodeSerializableElement(descriptor, index, key)
                val itsValue = input.decodeNullableSerializableElement(descriptor, input.decodeElementIndex(descriptor), value)
                built(type, emptyList<Any>()) { entries[itsKey] = itsValue }
            }
        }
        input.endStructure(descriptor)
        return built(type, entries.values) { build(entries) }
    }
}

/** Some collections take no null, sorted ones only what has an order, and many ask the program's classes whether they are equal. */
private inline fun <T> built(
    type: Class<*>,
    elements: Collection<*>,
    build: () -> T,
): T =
    try {
        build()
    } catch (e: ClassCastException) {
        throw EncodingException("The elements that arrived have no order among them, so there is no ${type.name} of them", cause = e)
    } catch (
        @Suppress("TooGenericExceptionCaught") e: RuntimeException,
    ) {
        throw if (e is NullPointerException && null in elements) {
            EncodingException("Expected a ${type.name}, which holds no null, found one with nil in it", cause = e)
        } else {
            EncodingException("A ${type.name} of what arrived could not be made: ${e.javaClass.name}", cause = e)
        }
    }
