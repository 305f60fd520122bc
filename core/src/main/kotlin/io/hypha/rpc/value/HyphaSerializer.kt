package io.hypha.rpc.value

import io.hypha.rpc.InternalHyphaApi
import kotlinx.serialization.InternalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationException
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.buildSerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder

/** A serializer of a type that has a form of its own in Hypha messages, and none in other formats. */
@InternalHyphaApi
public abstract class HyphaSerializer<T : Any> internal constructor(
    serialName: String,
) : KSerializer<T> {
    @OptIn(InternalSerializationApi::class)
    override val descriptor: SerialDescriptor = buildSerialDescriptor(serialName, SerialKind.CONTEXTUAL)

    override fun serialize(
        encoder: Encoder,
        value: T,
    ) {
        hypha(encoder, descriptor).encodeValue(value)
    }

    override fun deserialize(decoder: Decoder): T = from(hypha(decoder, descriptor).decodeValue())

    /** What a received value is as a [T]; anything that is none is an `EncodingException`. */
    internal abstract fun from(value: Any?): T
}

internal fun hypha(
    encoder: Encoder,
    descriptor: SerialDescriptor,
): HyphaEncoder = encoder as? HyphaEncoder ?: throw SerializationException(foreign(descriptor))

internal fun hypha(
    decoder: Decoder,
    descriptor: SerialDescriptor,
): HyphaDecoder = decoder as? HyphaDecoder ?: throw SerializationException(foreign(descriptor))

private fun foreign(descriptor: SerialDescriptor): String = "${descriptor.serialName} has a form in Hypha messages only"
