package io.hypha.rpc.value

import kotlinx.serialization.InternalSerializationApi
import kotlinx.serialization.serializerOrNull
import kotlin.concurrent.Volatile
import kotlin.reflect.KClass

/** One state of [Codecs]; never changes. */
internal class CodecTable(
    private val registered: List<Codec<*>>,
    private val defaults: List<Codec<*>>,
) {
    /** In the order in which they are tried. */
    val all: List<Codec<*>> = registered + defaults

    private val encoding = all.filter { it.encoder != null }
    private val decoding = all.asReversed().filter { it.decoder != null }.associateBy { it.name }

    // Whole maps replace each other: a lost update costs one more search.
    @Volatile
    private var byClass: Map<KClass<*>, Codec<Any>?> = emptyMap()

    /** Codecs that decode a class which also has a serializer, by the name of the latter. */
    @OptIn(InternalSerializationApi::class)
    private val bySerialName: Map<String, Codec<*>> by lazy(LazyThreadSafetyMode.PUBLICATION) {
        decoding.values
            .mapNotNull { codec -> codec.type.serializerOrNull()?.let { it.descriptor.serialName to codec } }
            .toMap()
    }

    fun with(codec: Codec<*>): CodecTable =
        CodecTable(registered.filter { it.name != codec.name && it.type != codec.type } + codec, defaults)

    /** The codec that encodes [value], or null. */
    fun encoderOf(value: Any): Codec<Any>? {
        if (encoding.isEmpty()) return null
        val type = value::class
        val known = byClass
        val codec = known[type]
        if (codec != null || known.containsKey(type)) return codec

        @Suppress("UNCHECKED_CAST") // isInstance is the check.
        val found = encoding.firstOrNull { it.type.isInstance(value) } as Codec<Any>?
        byClass = known + (type to found)
        return found
    }

    /** The codec that decodes maps with [tag] as their `_rtype`, or null. */
    fun decoderOf(tag: String): Codec<*>? = decoding[tag]

    /** The codec that may stand in for the serializer called [serialName], or null. */
    fun decoderFor(serialName: String): Codec<*>? = if (decoding.isEmpty()) null else bySerialName[serialName]
}
