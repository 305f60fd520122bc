package io.hypha.rpc.value

import io.hypha.rpc.ProtocolException
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.WireLimits
import kotlinx.serialization.BinaryFormat
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.SerializationStrategy
import kotlinx.serialization.modules.EmptySerializersModule
import kotlinx.serialization.modules.SerializersModule

/**
 * The value encoding of Hypha messages (protocol §4) as a format of kotlinx.serialization, for files, caches and tests. Which
 * types take which form is in `docs/values.md`. Functions, streams and byte sources are refused: they live in calls only.
 *
 * What does not fit is a [io.hypha.rpc.EncodingException] with the path to it, bytes that are no msgpack are a [ProtocolException].
 *
 * @param module contextual and polymorphic serializers.
 * @param codecs how types without a serializer travel; a later change of them is not seen.
 * @param limits what decoding accepts; their depth holds for encoding too.
 */
public class MsgPack(
    module: SerializersModule = EmptySerializersModule(),
    codecs: List<Codec<*>> = emptyList(),
    limits: WireLimits = WireLimits.Default,
) : BinaryFormat {
    private val format = ValueFormat(Codecs(codecs), module, limits)

    override val serializersModule: SerializersModule get() = format.serializersModule

    override fun <T> encodeToByteArray(
        serializer: SerializationStrategy<T>,
        value: T,
    ): ByteArray {
        val out = MsgPackWriter()
        format.write(serializer, value, out, references = null)
        return out.finish().toByteArray()
    }

    override fun <T> decodeFromByteArray(
        deserializer: DeserializationStrategy<T>,
        bytes: ByteArray,
    ): T = decodeFromBytes(deserializer, Bytes(bytes))

    /** Decodes exactly one value; arrays and byte runs in it may be slices of [bytes]. */
    public fun <T> decodeFromBytes(
        deserializer: DeserializationStrategy<T>,
        bytes: Bytes,
    ): T {
        val reader = MsgPackReader(bytes, format.limits)
        val value = format.read(deserializer, reader, references = null)
        if (reader.remaining > 0) throw ProtocolException("${reader.remaining} bytes follow the value")
        return value
    }

    /** Holds the format without codecs and additional serializers. */
    public companion object {
        /** No codecs, no additional serializers, the usual limits. */
        public val Default: MsgPack = MsgPack()
    }
}
