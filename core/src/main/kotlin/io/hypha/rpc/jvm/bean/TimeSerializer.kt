package io.hypha.rpc.jvm.bean

import io.hypha.rpc.jvm.BeyondAndroid24
import kotlinx.serialization.KSerializer
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import java.util.Date
import kotlin.time.Duration
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.Instant

/** A class of Java's library that travels as one of Kotlin's does. */
internal class TimeSerializer<K>(
    private val kotlin: KSerializer<K>,
    private val toJava: (K) -> Any,
    private val toKotlin: (Any) -> K,
) : KSerializer<Any> {
    override val descriptor: SerialDescriptor get() = kotlin.descriptor

    override fun serialize(
        encoder: Encoder,
        value: Any,
    ) {
        encoder.encodeSerializableValue(kotlin, toKotlin(value))
    }

    override fun deserialize(decoder: Decoder): Any = toJava(decoder.decodeSerializableValue(kotlin))

    companion object {
        val date: KSerializer<Any> =
            TimeSerializer(
                Instant.serializer(),
                { Date(it.toEpochMilliseconds()) },
                { Instant.fromEpochMilliseconds((it as Date).time) },
            )
    }
}

/** Those of `java.time`, which Android has from API level 26 on: nothing else mentions them. */
@BeyondAndroid24
internal object JavaTime {
    val instant: KSerializer<Any> =
        TimeSerializer(
            Instant.serializer(),
            { java.time.Instant.ofEpochSecond(it.epochSeconds, it.nanosecondsOfSecond.toLong()) },
            { (it as java.time.Instant).run { Instant.fromEpochSeconds(epochSecond, nano) } },
        )

    val duration: KSerializer<Any> =
        TimeSerializer(
            Duration.serializer(),
            { it.toComponents { seconds, nanoseconds -> java.time.Duration.ofSeconds(seconds, nanoseconds.toLong()) } },
            { (it as java.time.Duration).run { seconds.seconds + nano.nanoseconds } },
        )
}
