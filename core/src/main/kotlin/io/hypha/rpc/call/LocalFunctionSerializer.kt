package io.hypha.rpc.call

import io.hypha.rpc.EncodingException
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.value.HyphaEncoder
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.InternalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.buildSerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder

/** Lets callbacks be results of handlers and members of serializable classes. What arrives is a [RemoteFunction]. */
@OptIn(InternalHyphaApi::class)
internal object LocalFunctionSerializer : KSerializer<LocalFunction> {
    @OptIn(InternalSerializationApi::class, ExperimentalSerializationApi::class)
    override val descriptor: SerialDescriptor = buildSerialDescriptor("io.hypha.rpc.LocalFunction", SerialKind.CONTEXTUAL)

    override fun serialize(
        encoder: Encoder,
        value: LocalFunction,
    ) {
        val hypha = encoder as? HyphaEncoder ?: throw EncodingException("a function can be sent only in a call")
        hypha.encodeReference(value, null)
    }

    override fun deserialize(decoder: Decoder): LocalFunction =
        throw EncodingException("a function that is received is a RemoteFunction; LocalFunction is for those that are sent")
}
