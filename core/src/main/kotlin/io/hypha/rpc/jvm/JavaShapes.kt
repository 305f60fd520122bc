package io.hypha.rpc.jvm

import io.hypha.rpc.EncodingException
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.value.FlowSerializer
import io.hypha.rpc.value.Shape
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.KSerializer
import kotlinx.serialization.builtins.nullable
import kotlinx.serialization.modules.SerializersModule
import java.lang.reflect.Type

/** The shapes of Java types; [values] says what they are where there is no serializer. */
@InternalHyphaApi
public class JavaShapes(
    private val values: JavaValues,
) {
    /** A result or an item of a collection: nil is null, except for primitive types. */
    public fun <T> nullable(type: Type): Shape<T> = JavaShape(type, isNullable = type !is Class<*> || !type.isPrimitive, values)

    /** A parameter that has to be given: nil is refused, except for `Object`, which may be anything. */
    public fun <T> required(type: Type): Shape<T> = JavaShape(type, isNullable = type === Any::class.java, values)

    /** A stream with items of this type. */
    public fun <T> stream(item: Type): Shape<Flow<T>> = JavaStreamShape(nullable(item))
}

/** How Java writes a type; Android has `Type.getTypeName` from API level 28 on only. */
internal fun nameOf(type: Type): String = if (type is Class<*>) type.name else type.toString()

/** A Java type. */
private class JavaShape<T>(
    private val type: Type,
    private val isNullable: Boolean,
    private val values: JavaValues,
) : Shape<T>() {
    @Suppress("UNCHECKED_CAST") // Whoever asks for the shape vouches for T, and the serializer is that of the type.
    override fun resolve(module: SerializersModule): KSerializer<T> {
        val serializer = JavaSerializers(module, values).of(type)
        return (if (isNullable) serializer.nullable else serializer) as KSerializer<T>
    }

    override fun culprit(module: SerializersModule): String = toString()

    override fun equals(other: Any?): Boolean =
        other is JavaShape<*> && other.type == type && other.isNullable == isNullable && other.values === values

    override fun hashCode(): Int = type.hashCode()

    override fun toString(): String = nameOf(type)
}

/** A stream with items of the shape [item]. */
private class JavaStreamShape<T>(
    private val item: Shape<T>,
) : Shape<Flow<T>>() {
    override fun resolve(module: SerializersModule): KSerializer<Flow<T>> =
        FlowSerializer(item.resolve(module) ?: throw EncodingException("a stream of $item cannot be received"))

    override fun culprit(module: SerializersModule): String = toString()

    override fun equals(other: Any?): Boolean = other is JavaStreamShape<*> && other.item == item

    override fun hashCode(): Int = item.hashCode() + 1

    override fun toString(): String = "a stream of $item"
}
