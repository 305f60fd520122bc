package io.hypha.rpc.service

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

/** Lets interface objects be results of handlers and members of serializable classes. What arrives is a [RemoteService]. */
@OptIn(InternalHyphaApi::class)
internal object InterfaceObjectSerializer : KSerializer<InterfaceObject> {
    @OptIn(InternalSerializationApi::class, ExperimentalSerializationApi::class)
    override val descriptor: SerialDescriptor = buildSerialDescriptor("io.hypha.rpc.InterfaceObject", SerialKind.CONTEXTUAL)

    override fun serialize(
        encoder: Encoder,
        value: InterfaceObject,
    ) {
        val hypha = encoder as? HyphaEncoder ?: throw EncodingException("an interface object can be sent only in a call")
        hypha.encodeReference(value, null)
    }

    override fun deserialize(decoder: Decoder): InterfaceObject =
        throw EncodingException("an interface object that is received is a RemoteService; InterfaceObject is for those that are sent")
}
