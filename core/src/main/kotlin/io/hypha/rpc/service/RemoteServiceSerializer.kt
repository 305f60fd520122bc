package io.hypha.rpc.service

import io.hypha.rpc.EncodingException
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.value.HyphaDecoder
import io.hypha.rpc.value.HyphaEncoder
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.InternalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.buildSerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder

/** Lets services be parameters and results of handlers, and members of serializable classes. */
@OptIn(InternalHyphaApi::class)
internal object RemoteServiceSerializer : KSerializer<RemoteService> {
    @OptIn(InternalSerializationApi::class, ExperimentalSerializationApi::class)
    override val descriptor: SerialDescriptor = buildSerialDescriptor("io.hypha.rpc.RemoteService", SerialKind.CONTEXTUAL)

    override fun serialize(
        encoder: Encoder,
        value: RemoteService,
    ) {
        val hypha = encoder as? HyphaEncoder ?: throw EncodingException("a service can be sent only in a call")
        hypha.encodeReference(value, null)
    }

    override fun deserialize(decoder: Decoder): RemoteService {
        val hypha = decoder as? HyphaDecoder ?: throw EncodingException("a service can be received only in a call")
        val entries = hypha.decodeValue() as? Map<*, *> ?: throw EncodingException("expected a service, which is a map")
        return entries.asRemoteService()
    }
}
