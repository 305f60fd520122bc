package io.hypha.rpc.value

import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.InternalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationStrategy
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.buildSerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder

/** A stream as a reference (protocol §5), its items written and read as [item] says. */
internal class FlowSerializer<T>(
    private val item: KSerializer<T>,
) : KSerializer<Flow<T>> {
    @OptIn(InternalSerializationApi::class)
    override val descriptor: SerialDescriptor =
        buildSerialDescriptor("kotlinx.coroutines.flow.Flow", SerialKind.CONTEXTUAL) { element("item", item.descriptor) }

    override fun serialize(
        encoder: Encoder,
        value: Flow<T>,
    ) {
        @Suppress("UNCHECKED_CAST") // The items of the flow are of type T.
        hypha(encoder, descriptor).encodeReference(value, item as SerializationStrategy<Any?>)
    }

    override fun deserialize(decoder: Decoder): Flow<T> = hypha(decoder, descriptor).decodeGenerator(item)
}
