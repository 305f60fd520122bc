package io.hypha.rpc.value

import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.modules.SerializersModule
import kotlinx.serialization.modules.SerializersModuleBuilder
import kotlinx.serialization.modules.overwriteWith
import kotlin.reflect.KClass

/** Serializers of types that cannot name their own, for `@Contextual` members and for types known at run time. */
private val ownModule =
    SerializersModule {
        contextual(Any::class, AnySerializer)
        contextual(Bytes::class, BytesSerializer)
        contextual(Flow::class) { arguments -> FlowSerializer(arguments[0]) }
    }

/** Our serializers, those that stand in for [codecs], and the [user]'s; of several for one class the last counts. */
internal fun valueModule(
    codecs: List<Codec<*>>,
    user: SerializersModule,
): SerializersModule {
    val coded =
        SerializersModule {
            for (codec in codecs.distinctBy { it.type }) contextual(codec)
        }
    return ownModule overwriteWith coded overwriteWith user
}

@Suppress("UNCHECKED_CAST") // A codec and its class have the same type.
private fun SerializersModuleBuilder.contextual(codec: Codec<*>) {
    contextual(codec.type as KClass<Any>, CodecSerializer(codec as Codec<Any>))
}
