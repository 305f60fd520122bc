package io.hypha.rpc.jvm.bean

import io.hypha.rpc.value.HyphaSerializer
import io.hypha.rpc.value.bytesFrom
import kotlinx.serialization.KSerializer
import java.nio.ByteBuffer
import java.util.Date

/** Classes of Java's library without type arguments that have a form on the wire. */
internal object LibraryClasses {
    /** The serializer for what a program asks for as the class called [name]; a class that the system lacks is never touched. */
    fun named(name: String): KSerializer<*>? =
        when (name) {
            "java.lang.CharSequence" -> TextSerializer.charSequence
            "java.util.UUID" -> TextSerializer.uuid
            "java.net.URI" -> TextSerializer.uri
            "java.util.Date" -> TimeSerializer.date
            "java.time.Instant" -> JavaTime.instant
            "java.time.Duration" -> JavaTime.duration
            "java.nio.ByteBuffer" -> ByteBufferSerializer
            "java.util.OptionalInt", "java.util.OptionalLong", "java.util.OptionalDouble" -> OptionalSerializer.number(name)
            else -> null
        }

    /** The serializer that writes instances of [type], for which there may be others when it is asked for. */
    fun ofInstance(type: Class<*>): KSerializer<*>? =
        when {
            type.name == "java.util.Optional" -> OptionalSerializer.anything
            CharSequence::class.java.isAssignableFrom(type) -> TextSerializer.charSequence
            Date::class.java.isAssignableFrom(type) -> TimeSerializer.date
            else -> named(type.name)
        }
}

/** A view of what was received, which is not to be changed: others may see the same memory. */
private object ByteBufferSerializer : HyphaSerializer<ByteBuffer>("java.nio.ByteBuffer") {
    override fun from(value: Any?): ByteBuffer = bytesFrom(value).run { ByteBuffer.wrap(array, offset, size).slice().asReadOnlyBuffer() }
}
