package io.hypha.rpc.value

import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.WireType
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.InternalSerializationApi
import kotlinx.serialization.PolymorphicSerializer
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.CompositeDecoder
import kotlinx.serialization.internal.AbstractPolymorphicSerializer
import kotlinx.serialization.modules.SerializersModule

/** An instance of a class that has a serializer and a codec as well: the codec decides when the map has its tag, else null. */
internal fun MsgPackDecoder.readCoded(descriptor: SerialDescriptor): Any? {
    val codec = values.codecs.decoderFor(descriptor.serialName) ?: return null
    val reader = values.reader
    if (reader.peek() != WireType.Map) return null
    val start = reader.position
    val tag = TaggedMap.scan(reader).tag
    reader.position = start
    return if (tag == codec.name) codec.decode(values.readEntries()) else null
}

/** An instance of a sealed or open class; the name of its own class may stand anywhere in the map. Null for other serializers. */
@OptIn(InternalSerializationApi::class)
internal fun MsgPackDecoder.readSubclass(deserializer: DeserializationStrategy<*>): Any? {
    if (deserializer !is AbstractPolymorphicSerializer<*>) return null
    val base = deserializer.descriptor.serialName
    val reader = values.reader
    if (deserializer is PolymorphicSerializer<*> && !namesSubclass(deserializer)) return readOpen(deserializer)
    if (reader.peek() != WireType.Map) throw misfit(base, foundIn(reader))
    val start = reader.position
    val keys = SubclassKeys.scan(reader)
    val name = keys.readType(reader)
    val actual =
        deserializer.findPolymorphicSerializerOrNull(SubclassScope(serializersModule), name)
            ?: throw misfit(
                base,
                if (name ==
                    null
                ) {
                    "a map that names no subclass under '$SUBCLASS_KEY'"
                } else {
                    "a map of an unknown subclass"
                },
            )
    if (isFields(actual.descriptor)) {
        reader.position = start
    } else {
        if (keys.value < 0) throw misfit(base, "a map without '$SUBCLASS_VALUE_KEY'")
        reader.position = keys.value
    }
    return decodeSerializableValue(actual).also { reader.position = keys.end }
}

@OptIn(InternalSerializationApi::class)
private fun MsgPackDecoder.namesSubclass(deserializer: PolymorphicSerializer<*>): Boolean {
    val reader = values.reader
    if (reader.peek() != WireType.Map) return false
    val start = reader.position
    val name = SubclassKeys.scan(reader).readType(reader)
    reader.position = start
    return deserializer.findPolymorphicSerializerOrNull(SubclassScope(serializersModule), name) != null
}

/** A value of an interface without registered subclasses, such as `Comparable`: whatever it is, if it is one. */
private fun MsgPackDecoder.readOpen(deserializer: PolymorphicSerializer<*>): Any? {
    val found = foundIn(values.reader)
    return decodeValue()?.takeIf(deserializer.baseClass::isInstance) ?: throw misfit(deserializer.baseClass.simpleName.orEmpty(), found)
}

/**
 * Where in a map the name of the subclass stands, and its value when that is not spread over the map.
 *
 * @property value position of the value, or -1.
 * @property end position behind the map.
 */
private class SubclassKeys(
    private val type: Int,
    val value: Int,
    val end: Int,
) {
    fun readType(reader: MsgPackReader): String? {
        if (type < 0) return null
        reader.position = type
        return if (reader.peek() == WireType.String) reader.readString() else null
    }

    companion object {
        fun scan(reader: MsgPackReader): SubclassKeys {
            var type = -1
            var value = -1
            repeat(reader.readMapHeader()) {
                val key = reader.readStringBytes()
                if (key.isText(SUBCLASS_KEY)) type = reader.position
                if (key.isText(SUBCLASS_VALUE_KEY)) value = reader.position
                reader.skip()
            }
            return SubclassKeys(type, value, reader.position)
        }
    }
}

/** What sealed and open classes ask for their subclasses: they look at the module only. */
private class SubclassScope(
    module: SerializersModule,
) : ElementsDecoder(module) {
    override fun decodeElementIndex(descriptor: SerialDescriptor): Int = CompositeDecoder.DECODE_DONE

    override fun element(index: Int): HyphaDecoder = throw NoSuchElementException("There are no elements")

    override fun step(
        descriptor: SerialDescriptor,
        index: Int,
    ): String = "[$index]"

    override fun endStructure(descriptor: SerialDescriptor) {
        // Nothing was begun.
    }
}
