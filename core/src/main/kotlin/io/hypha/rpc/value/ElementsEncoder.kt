@file:OptIn(ExperimentalSerializationApi::class)

package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.SerializationStrategy
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.CompositeEncoder
import kotlinx.serialization.encoding.Encoder
import kotlinx.serialization.modules.SerializersModule

/** What all kinds of structures have in common: each element is written by [root], and an error in it learns where it stood. */
internal abstract class ElementsEncoder(
    protected val root: MsgPackEncoder,
    protected val values: ValueWriter,
) : CompositeEncoder {
    override val serializersModule: SerializersModule get() = root.serializersModule

    /** Writes what comes before the element, such as the name of the field. */
    protected abstract fun begin(
        descriptor: SerialDescriptor,
        index: Int,
    )

    /** The element as a step of a path. */
    protected abstract fun step(
        descriptor: SerialDescriptor,
        index: Int,
    ): String

    private inline fun element(
        descriptor: SerialDescriptor,
        index: Int,
        write: () -> Unit,
    ) {
        begin(descriptor, index)
        try {
            write()
        } catch (e: EncodingException) {
            throw e.within(step(descriptor, index))
        } catch (e: IllegalArgumentException) {
            throw encodingProblem(e).within(step(descriptor, index))
        }
    }

    final override fun encodeBooleanElement(
        descriptor: SerialDescriptor,
        index: Int,
        value: Boolean,
    ) {
        begin(descriptor, index)
        root.encodeBoolean(value)
    }

    final override fun encodeByteElement(
        descriptor: SerialDescriptor,
        index: Int,
        value: Byte,
    ) {
        begin(descriptor, index)
        root.encodeByte(value)
    }

    final override fun encodeShortElement(
        descriptor: SerialDescriptor,
        index: Int,
        value: Short,
    ) {
        begin(descriptor, index)
        root.encodeShort(value)
    }

    final override fun encodeIntElement(
        descriptor: SerialDescriptor,
        index: Int,
        value: Int,
    ) {
        begin(descriptor, index)
        root.encodeInt(value)
    }

    final override fun encodeLongElement(
        descriptor: SerialDescriptor,
        index: Int,
        value: Long,
    ) {
        begin(descriptor, index)
        root.encodeLong(value)
    }

    final override fun encodeFloatElement(
        descriptor: SerialDescriptor,
        index: Int,
        value: Float,
    ) {
        begin(descriptor, index)
        root.encodeFloat(value)
    }

    final override fun encodeDoubleElement(
        descriptor: SerialDescriptor,
        index: Int,
        value: Double,
    ) {
        begin(descriptor, index)
        root.encodeDouble(value)
    }

    final override fun encodeCharElement(
        descriptor: SerialDescriptor,
        index: Int,
        value: Char,
    ) {
        element(descriptor, index) { root.encodeChar(value) }
    }

    final override fun encodeStringElement(
        descriptor: SerialDescriptor,
        index: Int,
        value: String,
    ) {
        element(descriptor, index) { root.encodeString(value) }
    }

    final override fun encodeInlineElement(
        descriptor: SerialDescriptor,
        index: Int,
    ): Encoder {
        begin(descriptor, index)
        return root.encodeInline(descriptor.getElementDescriptor(index))
    }

    override fun <T> encodeSerializableElement(
        descriptor: SerialDescriptor,
        index: Int,
        serializer: SerializationStrategy<T>,
        value: T,
    ) {
        element(descriptor, index) { root.encodeSerializableValue(serializer, value) }
    }

    final override fun <T : Any> encodeNullableSerializableElement(
        descriptor: SerialDescriptor,
        index: Int,
        serializer: SerializationStrategy<T>,
        value: T?,
    ) {
        element(descriptor, index) { root.encodeNullableSerializableValue(serializer, value) }
    }

    final override fun shouldEncodeElementDefault(
        descriptor: SerialDescriptor,
        index: Int,
    ): Boolean = true
}
