@file:OptIn(ExperimentalSerializationApi::class)

package io.hypha.rpc.value

import io.hypha.rpc.wire.WireType
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.descriptors.PolymorphicKind
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.encoding.CompositeDecoder
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.modules.SerializersModule
import kotlin.time.Instant

/**
 * Reads what serializers ask for straight from msgpack, accepting every wire form that fits the type asked for: the table is in
 * `docs/values.md`. It has no place of its own; that is the reader's.
 */
internal class MsgPackDecoder(
    val values: ValueReader,
) : HyphaDecoder {
    private val reader = values.reader
    private val scalars = ScalarReader(reader)
    private val unsigned = UnsignedDecoder(this, scalars::ulong)

    override val serializersModule: SerializersModule get() = values.format.serializersModule

    override fun decodeNotNullMark(): Boolean = reader.peek() != WireType.Nil

    override fun decodeNull(): Nothing? {
        reader.readNil()
        return null
    }

    override fun decodeBoolean(): Boolean = scalars.boolean()

    override fun decodeByte(): Byte = longToByte(scalars.integer("Byte"))

    override fun decodeShort(): Short = longToShort(scalars.integer("Short"))

    override fun decodeInt(): Int = longToInt(scalars.integer("Int"))

    override fun decodeLong(): Long = scalars.integer("Long")

    override fun decodeFloat(): Float = doubleToFloat(scalars.double("Float"))

    override fun decodeDouble(): Double = scalars.double("Double")

    override fun decodeChar(): Char = scalars.text("Char").singleOrNull() ?: throw misfit("Char", "text of another length")

    override fun decodeString(): String = scalars.text("String")

    override fun decodeEnum(enumDescriptor: SerialDescriptor): Int = scalars.enum(enumDescriptor, values.format.fieldNames)

    override fun decodeInline(descriptor: SerialDescriptor): Decoder = if (isUnsigned(descriptor)) unsigned else this

    override fun decodeValue(): Any? = values.read()

    override fun beginStructure(descriptor: SerialDescriptor): CompositeDecoder =
        when (descriptor.kind) {
            StructureKind.LIST -> beginList(this, values)
            StructureKind.MAP -> beginMap(this, values)
            else -> FieldsDecoder(this, values, descriptor)
        }

    override fun <T> decodeGenerator(element: DeserializationStrategy<T>): Flow<T> {
        if (reader.peek() == WireType.Map) {
            val start = reader.position
            val tag = TaggedMap.scan(reader).tag
            reader.position = start
            if (tag == Tags.GENERATOR) return values.references("A stream").generator(values.readEntries(), element)
        }
        return elements(element).asFlow()
    }

    override fun <T> decodeSerializableValue(deserializer: DeserializationStrategy<T>): T {
        val special =
            when (val kind = deserializer.descriptor.kind) {
                StructureKind.LIST -> NumberTarget.of(deserializer)?.let { readNumbers(it, reader) }
                StructureKind.CLASS -> readCoded(deserializer.descriptor)
                StructureKind.OBJECT -> if (isUnit(deserializer)) reader.skip() else readCoded(deserializer.descriptor)
                PrimitiveKind.STRING -> if (deserializer === Instant.serializer()) scalars.instant() else null
                is PolymorphicKind -> readCoded(deserializer.descriptor) ?: readSubclass(deserializer)
                else -> null
            }
        @Suppress("UNCHECKED_CAST") // Each of these is what the deserializer makes.
        return if (special == null) deserializer.deserialize(this) else special as T
    }
}
