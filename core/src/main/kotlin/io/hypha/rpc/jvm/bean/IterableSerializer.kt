package io.hypha.rpc.jvm.bean

import io.hypha.rpc.value.HyphaSerializer
import io.hypha.rpc.value.hypha
import io.hypha.rpc.value.kindOf
import io.hypha.rpc.value.misfit
import kotlinx.serialization.encoding.Encoder

/** What a program can iterate over, and no collection: a list of its elements. They are only sent. */
internal object IterableSerializer : HyphaSerializer<Any>("java.lang.Iterable") {
    override fun serialize(
        encoder: Encoder,
        value: Any,
    ) {
        hypha(encoder, descriptor).encodeValue((value as Iterable<*>).toList())
    }

    override fun from(value: Any?): Any = throw misfit("java.lang.Iterable", kindOf(value))

    /** For classes of the program only: a path of Java's library iterates over paths, for ever. */
    fun of(type: Class<*>): IterableSerializer? = takeIf { Iterable::class.java.isAssignableFrom(type) && !Beans.isOfLibrary(type) }
}
