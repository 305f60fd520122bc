@file:OptIn(ExperimentalSerializationApi::class)

package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.CompositeDecoder
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.modules.SerializersModule

/** What all kinds of structures have in common: an error in an element learns where that stood. */
internal abstract class ElementsDecoder(
    override val serializersModule: SerializersModule,
) : CompositeDecoder {
    /** What reads the element; called once for each, in order. */
    protected abstract fun element(index: Int): HyphaDecoder

    /** The element as a step of a path. */
    protected abstract fun step(
        descriptor: SerialDescriptor,
        index: Int,
    ): String

    private inline fun <T> read(
        descriptor: SerialDescriptor,
        index: Int,
        read: (HyphaDecoder) -> T,
    ): T =
        try {
            read(element(index))
        } catch (e: EncodingException) {
            throw e.within(step(descriptor, index))
        } catch (e: IllegalArgumentException) {
            throw encodingProblem(e).within(step(descriptor, index))
        }

    final override fun decodeBooleanElement(
        descriptor: SerialDescriptor,
        index: Int,
    ): Boolean = read(descriptor, index) { it.decodeBoolean() }

    final override fun decodeByteElement(
        descriptor: SerialDescriptor,
        index: Int,
    ): Byte = read(descriptor, index) { it.decodeByte() }

    final override fun decodeShortElement(
        descriptor: SerialDescriptor,
        index: Int,
    ): Short = read(descriptor, index) { it.decodeShort() }

    final override fun decodeIntElement(
        descriptor: SerialDescriptor,
        index: Int,
    ): Int = read(descriptor, index) { it.decodeInt() }

    final override fun decodeLongElement(
        descriptor: SerialDescriptor,
        index: Int,
    ): Long = read(descriptor, index) { it.decodeLong() }

    final override fun decodeFloatElement(
        descriptor: SerialDescriptor,
        index: Int,
    ): Float = read(descriptor, index) { it.decodeFloat() }

    final override fun decodeDoubleElement(
        descriptor: SerialDescriptor,
        index: Int,
    ): Double = read(descriptor, index) { it.decodeDouble() }

    final override fun decodeCharElement(
        descriptor: SerialDescriptor,
        index: Int,
    ): Char = read(descriptor, index) { it.decodeChar() }

    final override fun decodeStringElement(
        descriptor: SerialDescriptor,
        index: Int,
    ): String = read(descriptor, index) { it.decodeString() }

    final override fun decodeInlineElement(
        descriptor: SerialDescriptor,
        index: Int,
    ): Decoder = element(index).decodeInline(descriptor.getElementDescriptor(index))

    final override fun <T> decodeSerializableElement(
        descriptor: SerialDescriptor,
        index: Int,
        deserializer: DeserializationStrategy<T>,
        previousValue: T?,
    ): T = read(descriptor, index) { it.decodeSerializableValue(deserializer) }

    final override fun <T : Any> decodeNullableSerializableElement(
        descriptor: SerialDescriptor,
        index: Int,
        deserializer: DeserializationStrategy<T?>,
        previousValue: T?,
    ): T? =
        read(descriptor, index) {
            if (deserializer.descriptor.isNullable || it.decodeNotNullMark()) it.decodeSerializableValue(deserializer) else it.decodeNull()
        }
}
