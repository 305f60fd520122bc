package io.hypha.rpc.jvm

import io.hypha.rpc.value.FlowSerializer
import io.hypha.rpc.value.HyphaSerializer
import io.hypha.rpc.value.hypha
import io.hypha.rpc.value.kindOf
import io.hypha.rpc.value.misfit
import kotlinx.serialization.KSerializer
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder

// What Java's own face makes of received values.

/** Values of a class that Java knows and the wire does not, made of what was received. */
internal class KnownValueSerializer(
    private val type: Class<*>,
    private val values: JavaValues,
) : HyphaSerializer<Any>(type.name) {
    override fun from(value: Any?): Any = value?.let { values.fit(it, type) } ?: throw misfit(type.name, kindOf(value))
}

/** Streams, their items read as [item] says. */
internal class ReceivedStreamSerializer(
    item: KSerializer<Any?>,
    private val type: Class<*>,
    private val values: JavaValues,
) : KSerializer<Any> {
    private val items = FlowSerializer(item)

    override val descriptor: SerialDescriptor get() = items.descriptor

    override fun serialize(
        encoder: Encoder,
        value: Any,
    ) {
        hypha(encoder, descriptor).encodeValue(value)
    }

    override fun deserialize(decoder: Decoder): Any = values.stream(items.deserialize(decoder), type)
}
