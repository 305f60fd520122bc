@file:OptIn(ExperimentalSerializationApi::class)

package io.hypha.rpc.jvm.bean

import io.hypha.rpc.value.AnySerializer
import io.hypha.rpc.value.HyphaEncoder
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.nullable
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import java.util.Optional
import java.util.OptionalDouble
import java.util.OptionalInt
import java.util.OptionalLong

internal fun isOptional(type: Class<*>): Boolean =
    type == Optional::class.java ||
        type == OptionalInt::class.java ||
        type == OptionalLong::class.java ||
        type == OptionalDouble::class.java

/** One of Java's optionals: nil, or what it holds. */
internal class OptionalSerializer private constructor(
    private val content: KSerializer<Any>,
    val absent: Any,
    private val hold: (Any) -> Any,
    private val get: (Any) -> Any?,
) : KSerializer<Any> {
    override val descriptor: SerialDescriptor = content.descriptor.nullable

    override fun serialize(
        encoder: Encoder,
        value: Any,
    ) {
        val held = get(value) ?: return encoder.encodeNull()
        // One that was found by its run-time class says nothing of what it holds.
        encoder.encodeSerializableValue(if (encoder is HyphaEncoder) AnySerializer else content, held)
    }

    override fun deserialize(decoder: Decoder): Any {
        if (decoder.decodeNotNullMark()) return hold(decoder.decodeSerializableValue(content))
        decoder.decodeNull()
        return absent
    }

    companion object {
        fun of(content: KSerializer<Any>) =
            OptionalSerializer(content, Optional.empty<Any>(), { Optional.of(it) }, { (it as Optional<*>).orElse(null) })

        /** For writing: what it holds is written as what it is. */
        val anything = of(AnySerializer)

        /** That of the class called [name]; null for other classes. */
        @Suppress("UNCHECKED_CAST") // Each takes what its content is.
        fun number(name: String): OptionalSerializer? =
            when (name) {
                "java.util.OptionalInt" -> {
                    OptionalSerializer(Int.serializer() as KSerializer<Any>, OptionalInt.empty(), { OptionalInt.of(it as Int) }) {
                        (it as OptionalInt).run { if (isPresent) asInt else null }
                    }
                }

                "java.util.OptionalLong" -> {
                    OptionalSerializer(Long.serializer() as KSerializer<Any>, OptionalLong.empty(), { OptionalLong.of(it as Long) }) {
                        (it as OptionalLong).run { if (isPresent) asLong else null }
                    }
                }

                "java.util.OptionalDouble" -> {
                    OptionalSerializer(
                        Double.serializer() as KSerializer<Any>,
                        OptionalDouble.empty(),
                        { OptionalDouble.of(it as Double) },
                    ) {
                        (it as OptionalDouble).run { if (isPresent) asDouble else null }
                    }
                }

                else -> {
                    null
                }
            }
    }
}
