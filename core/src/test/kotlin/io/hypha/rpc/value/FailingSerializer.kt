package io.hypha.rpc.value

import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationException
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.PrimitiveSerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder

/** A serializer of a user's that fails in the two ways in which they usually do. */
internal object FailingSerializer : KSerializer<String> {
    override val descriptor = PrimitiveSerialDescriptor("Failing", PrimitiveKind.STRING)

    override fun serialize(
        encoder: Encoder,
        value: String,
    ) = throw SerializationException("does not work\nin two lines")

    override fun deserialize(decoder: Decoder): String = "secret".toInt().toString()
}
