package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.WireType
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.Decoder

/** Keys of a plain map: text that stands for a number or boolean where the type of the key is one, as JavaScript sends them. */
internal class KeyDecoder(
    private val root: MsgPackDecoder,
    private val reader: MsgPackReader,
) : HyphaDecoder by root {
    override fun decodeString(): String = reader.readKey()

    override fun decodeValue(): Any? = if (isText()) reader.readKey() else root.decodeValue()

    override fun decodeBoolean(): Boolean = parsed("Boolean", String::toBooleanStrictOrNull) ?: root.decodeBoolean()

    override fun decodeByte(): Byte = parsed("Byte", String::toByteOrNull) ?: root.decodeByte()

    override fun decodeShort(): Short = parsed("Short", String::toShortOrNull) ?: root.decodeShort()

    override fun decodeInt(): Int = parsed("Int", String::toIntOrNull) ?: root.decodeInt()

    override fun decodeLong(): Long = parsed("Long", String::toLongOrNull) ?: root.decodeLong()

    override fun decodeFloat(): Float = parsed("Float", String::toFloatOrNull) ?: root.decodeFloat()

    override fun decodeDouble(): Double = parsed("Double", String::toDoubleOrNull) ?: root.decodeDouble()

    override fun decodeInline(descriptor: SerialDescriptor): Decoder =
        if (isUnsigned(descriptor)) UnsignedDecoder(this, ::unsigned) else this

    override fun <T> decodeSerializableValue(deserializer: DeserializationStrategy<T>): T = deserializer.deserialize(this)

    private fun unsigned(target: String): ULong = parsed(target, String::toULongOrNull) ?: longToULong(root.decodeLong())

    /** Null when the key is no text at all. */
    private inline fun <T : Any> parsed(
        target: String,
        parse: (String) -> T?,
    ): T? {
        if (!isText()) return null
        return parse(reader.readKey()) ?: throw notParsed(target)
    }

    private fun isText(): Boolean = reader.peek() == WireType.String || reader.peek() == WireType.Binary

    private fun notParsed(target: String): EncodingException = misfit(target, "a key that does not stand for one")
}
