package io.hypha.rpc.value

import io.hypha.rpc.InternalHyphaApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.modules.SerializersModule
import kotlin.reflect.KClass
import kotlin.reflect.KType
import kotlin.reflect.typeOf

/**
 * A type with its arguments and its nullability, as [shape] makes it: what a typed argument, result or stream item is read as.
 * Two shapes of the same type are equal. Whether the type can be sent is found out when it is first used.
 */
public abstract class Shape<T> internal constructor() {
    /** The serializer, or null when there is none; other problems surface as kotlinx.serialization reports them. */
    internal abstract fun resolve(module: SerializersModule): KSerializer<T>?

    /** The name of the innermost part of the type for which there is no serializer, for the error message. */
    internal abstract fun culprit(module: SerializersModule): String
}

/** The shape of [T]: `shape<List<Double>?>()`. */
public inline fun <reified T> shape(): Shape<T> = shapeOf(typeOf<T>())

/** The shape of a class without type arguments. */
public fun <T : Any> shape(type: KClass<T>): Shape<T> = ClassShape(type)

/** The shape that [serializer] reads and writes, whatever the module says. */
public fun <T> shape(serializer: KSerializer<T>): Shape<T> = SerializerShape(serializer)

/** The shape of a type that is known at run time only; the caller vouches for [T]. */
@InternalHyphaApi
public fun <T> shapeOf(type: KType): Shape<T> = TypeShape(type)
