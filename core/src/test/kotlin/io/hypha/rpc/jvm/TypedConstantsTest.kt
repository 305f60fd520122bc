package io.hypha.rpc.jvm

import io.hypha.rpc.testing.withTwoClients
import io.kotest.matchers.shouldBe
import kotlinx.serialization.Contextual
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.PrimitiveSerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import kotlinx.serialization.modules.SerializersModule
import org.junit.jupiter.api.Test

/** Constants of a service as the types of an interface. */
class TypedConstantsTest {
    @Test
    fun `constants are read with the serializers of the connection`() =
        withTwoClients({ serializersModule = SerializersModule { contextual(Ounces::class, OuncesSerializer) } }) { alice, bob ->
            val weights = typed<Weights>(alice, bob, ProvidedWeights())
            weights.lightest shouldBe Ounces(1)
            weights.range shouldBe Range(Ounces(1), Ounces(9))
        }
}

private data class Ounces(
    val count: Int,
)

private object OuncesSerializer : KSerializer<Ounces> {
    override val descriptor = PrimitiveSerialDescriptor("Ounces", PrimitiveKind.STRING)

    override fun serialize(
        encoder: Encoder,
        value: Ounces,
    ) = encoder.encodeString("${value.count} oz")

    override fun deserialize(decoder: Decoder): Ounces = Ounces(decoder.decodeString().removeSuffix(" oz").toInt())
}

@Serializable
private data class Range(
    @Contextual val from: Ounces,
    @Contextual val to: Ounces,
)

private interface Weights {
    val lightest: Ounces
    val range: Range

    suspend fun weigh(): Int
}

private class ProvidedWeights : Weights {
    override val lightest = Ounces(1)
    override val range = Range(Ounces(1), Ounces(9))

    override suspend fun weigh(): Int = 5
}
