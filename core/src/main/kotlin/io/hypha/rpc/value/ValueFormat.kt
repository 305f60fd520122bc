package io.hypha.rpc.value

import io.hypha.rpc.EncodingException
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.WireLimits
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationStrategy
import kotlinx.serialization.modules.EmptySerializersModule
import kotlinx.serialization.modules.SerializersModule

/**
 * Values to bytes and back (protocol §4): the one entry to this room for the rooms above. Safe for use by several threads.
 *
 * Problems with values are an `EncodingException` with the path inside of the value; bytes that are no message are a
 * `ProtocolException`. When writing fails, what has been written so far is to be thrown away.
 *
 * @property codecs the user's codecs; they may change at any time.
 * @param module the user's own contextual and polymorphic serializers; they come before ours.
 * @property limits bounds of what is read, and of how deep values may be nested in both directions.
 * @param instances what can be written besides.
 */
internal class ValueFormat(
    val codecs: Codecs = Codecs(),
    module: SerializersModule = EmptySerializersModule(),
    val limits: WireLimits = WireLimits.Default,
    private val instances: InstanceSerializers? = null,
) {
    private val serializers = Serializers(codecs, module, instances)

    /** Names of fields as bytes, remembered. */
    val fieldNames: FieldNameCache = FieldNameCache()

    /** Ours (`Any`, `Flow`, `Bytes` …), those of the codecs, and the user's. */
    val serializersModule: SerializersModule get() = serializers.module

    /** Writes [value] by its run-time type. */
    fun write(
        value: Any?,
        out: MsgPackWriter,
        references: References?,
    ) {
        ValueWriter(this, out, references).write(value)
    }

    /** Writes [value] as [strategy] says. */
    fun <T> write(
        strategy: SerializationStrategy<T>,
        value: T,
        out: MsgPackWriter,
        references: References?,
    ) {
        ValueWriter(this, out, references).write(strategy, value)
    }

    /** Reads one value as whatever it is. */
    fun read(
        reader: MsgPackReader,
        references: References?,
    ): Any? = ValueReader(this, reader, references).read()

    /** Reads one value as [strategy] wants it, without a tree in between. */
    fun <T> read(
        strategy: DeserializationStrategy<T>,
        reader: MsgPackReader,
        references: References?,
    ): T = ValueReader(this, reader, references).read(strategy)

    /**
     * The serializer of a type, remembered.
     *
     * @throws io.hypha.rpc.EncodingException naming the type that cannot be sent and what to do about it.
     */
    fun <T> serializer(shape: Shape<T>): KSerializer<T> = serializers.of(shape)

    /** The serializer of the class of [value], or null when that is no serializable class. */
    fun serializerOf(value: Any): KSerializer<Any>? = serializers.ofInstance(value)

    /** What to say of [value], which cannot be sent. */
    fun unsupported(value: Any): EncodingException = instances?.refusal(value::class)?.let(::EncodingException) ?: unsupportedType(value)
}
