@file:OptIn(ExperimentalSerializationApi::class)

package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.InternalSerializationApi
import kotlinx.serialization.PolymorphicSerializer
import kotlinx.serialization.SerializationStrategy
import kotlinx.serialization.descriptors.PolymorphicKind
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.encoding.CompositeEncoder
import kotlinx.serialization.encoding.Encoder
import kotlinx.serialization.findPolymorphicSerializer
import kotlinx.serialization.internal.AbstractPolymorphicSerializer
import kotlinx.serialization.modules.SerializersModule

/** Writes what serializers hand it straight to msgpack; arrays, sets and maps take the same forms as without a type. */
internal class MsgPackEncoder(
    private val values: ValueWriter,
) : HyphaEncoder {
    private val out = values.out

    /** The name of the subclass that the next structure has to carry. */
    private var pendingType: String? = null

    /** Whether all keys of the map that comes next are text, when only their values tell. */
    private var openKeysAreText = false

    private var lastDescriptor: SerialDescriptor? = null
    private var lastNames: FieldNames? = null

    override val serializersModule: SerializersModule get() = values.format.serializersModule

    override fun encodeNull() {
        out.writeNil()
    }

    override fun encodeBoolean(value: Boolean) {
        out.writeBoolean(value)
    }

    override fun encodeByte(value: Byte) {
        out.writeLong(value.toLong())
    }

    override fun encodeShort(value: Short) {
        out.writeLong(value.toLong())
    }

    override fun encodeInt(value: Int) {
        out.writeLong(value.toLong())
    }

    override fun encodeLong(value: Long) {
        out.writeLong(value)
    }

    override fun encodeFloat(value: Float) {
        out.writeDouble(value.toDouble())
    }

    override fun encodeDouble(value: Double) {
        out.writeDouble(value)
    }

    override fun encodeChar(value: Char) {
        out.writeString(value.toString())
    }

    override fun encodeString(value: String) {
        out.writeString(value)
    }

    override fun encodeEnum(
        enumDescriptor: SerialDescriptor,
        index: Int,
    ) {
        out.writeString(enumDescriptor.getElementName(index))
    }

    override fun encodeInline(descriptor: SerialDescriptor): Encoder = if (isUnsigned(descriptor)) UnsignedEncoder(this, out) else this

    override fun encodeValue(value: Any?) {
        values.write(value)
    }

    override fun encodeReference(
        value: Any,
        element: SerializationStrategy<Any?>?,
    ) {
        values.writeReference(value, element)
    }

    override fun beginStructure(descriptor: SerialDescriptor): CompositeEncoder {
        val type = pendingType
        pendingType = null
        return FieldsEncoder(this, values, descriptor, namesOf(descriptor), type)
    }

    /** Lists are mostly of one class: its names are at hand. */
    private fun namesOf(descriptor: SerialDescriptor): FieldNames {
        lastNames?.let { if (lastDescriptor === descriptor) return it }
        return values.format.fieldNames.of(descriptor).also {
            lastDescriptor = descriptor
            lastNames = it
        }
    }

    override fun beginCollection(
        descriptor: SerialDescriptor,
        collectionSize: Int,
    ): CompositeEncoder =
        when {
            descriptor.kind == StructureKind.MAP -> MapEncoder(this, values, collectionSize, hasTextKeys(descriptor))
            isSet(descriptor) -> SetEncoder(this, values, collectionSize)
            else -> ListEncoder(this, values, collectionSize)
        }

    private fun hasTextKeys(descriptor: SerialDescriptor): Boolean {
        val key = keyDescriptor(descriptor)
        if (key.kind == SerialKind.CONTEXTUAL) return openKeysAreText
        requireKeyType(key)
        return isText(key)
    }

    override fun <T> encodeSerializableValue(
        serializer: SerializationStrategy<T>,
        value: T,
    ) {
        val descriptor = serializer.descriptor
        when (descriptor.kind) {
            StructureKind.LIST -> {
                if (values.writeNumbers(serializer, value)) return
            }

            StructureKind.CLASS, StructureKind.OBJECT, is PolymorphicKind -> {
                if (value === Unit) return out.writeNil()
                if (value != null && (values.writeCoded(value) || writeSubclass(serializer, value))) return
            }

            StructureKind.MAP -> {
                if (value is Map<*, *> && keyDescriptor(descriptor).kind == SerialKind.CONTEXTUAL) {
                    openKeysAreText = value.keys.all(::isTextKey)
                    value.keys.forEach(::requireKey)
                }
            }

            else -> {}
        }
        serializer.serialize(this, value)
    }

    /** An instance of a sealed or open class: its fields, with the name of its own class before them. */
    @OptIn(InternalSerializationApi::class)
    private fun writeSubclass(
        serializer: SerializationStrategy<*>,
        value: Any,
    ): Boolean {
        if (serializer !is AbstractPolymorphicSerializer<*>) return false
        @Suppress("UNCHECKED_CAST") // The value is what the serializer was given.
        val base = serializer as AbstractPolymorphicSerializer<Any>
        // Nobody registers subclasses of `Serializable` or `Comparable`, which the compiler infers for mixed maps and lists.
        if (base is PolymorphicSerializer<*> && base.findPolymorphicSerializerOrNull(this, value) == null) {
            encodeValue(value)
            return true
        }
        val actual = base.findPolymorphicSerializer(this, value)
        val name = actual.descriptor.serialName
        if (isFields(actual.descriptor)) {
            requireNoTypeField(actual.descriptor)
            pendingType = name
            actual.serialize(this, value)
            if (pendingType != null) throw EncodingException("The serializer of $name did not write its fields")
            return true
        }
        values.enter()
        out.writeMapHeader(2)
        out.writeString(SUBCLASS_KEY)
        out.writeString(name)
        out.writeString(SUBCLASS_VALUE_KEY)
        encodeSerializableValue(actual, value)
        values.leave()
        return true
    }
}
