package io.hypha.rpc.jvm.bean

import io.hypha.rpc.EncodingException
import io.hypha.rpc.value.misfit
import kotlinx.serialization.KSerializer
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.PrimitiveSerialDescriptor
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import java.net.URI
import java.net.URISyntaxException
import java.util.UUID

/** A class that travels as the text that its `toString` makes. */
internal class TextSerializer(
    type: Class<*>,
    private val read: (String) -> Any,
) : KSerializer<Any> {
    override val descriptor: SerialDescriptor = PrimitiveSerialDescriptor(type.name, PrimitiveKind.STRING)

    override fun serialize(
        encoder: Encoder,
        value: Any,
    ) {
        encoder.encodeString(value.toString())
    }

    override fun deserialize(decoder: Decoder): Any = read(decoder.decodeString())

    companion object {
        val uuid = TextSerializer(UUID::class.java, ::uuid)

        val uri = TextSerializer(URI::class.java, ::uri)

        val charSequence = TextSerializer(CharSequence::class.java) { it }

        // Their messages quote the text, which may be secret.

        private fun uuid(text: String): UUID =
            try {
                UUID.fromString(text)
            } catch (_: IllegalArgumentException) {
                throw misfit("java.util.UUID", "text that is none")
            }

        private fun uri(text: String): URI =
            try {
                URI(text)
            } catch (_: URISyntaxException) {
                throw misfit("java.net.URI", "text that is none")
            }
    }
}
