package io.hypha.rpc.value

import io.hypha.rpc.platform.withBoxedElements
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.InternalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationException
import kotlinx.serialization.builtins.nullable
import kotlinx.serialization.modules.SerializersModule
import kotlinx.serialization.serializer
import kotlinx.serialization.serializerOrNull
import kotlin.reflect.KClass
import kotlin.reflect.KType

/** A type as the compiler knows it. */
internal class TypeShape<T>(
    private val type: KType,
) : Shape<T>() {
    @Suppress("UNCHECKED_CAST") // The type is that of T.
    override fun resolve(module: SerializersModule): KSerializer<T>? =
        when {
            mentionsFunction(type) -> null
            hasStar(type) -> serializerOfOpen(type, module) as KSerializer<T>?
            else -> module.serializerOrNull(withBoxedElements(type)) as KSerializer<T>?
        }

    override fun culprit(module: SerializersModule): String = culpritIn(type, module)

    override fun equals(other: Any?): Boolean = other is TypeShape<*> && other.type == type

    override fun hashCode(): Int = type.hashCode()

    override fun toString(): String = type.toString()
}

/** A class without type arguments. */
internal class ClassShape<T : Any>(
    private val type: KClass<T>,
) : Shape<T>() {
    @OptIn(ExperimentalSerializationApi::class, InternalSerializationApi::class)
    override fun resolve(module: SerializersModule): KSerializer<T>? = type.serializerOrNull() ?: module.getContextual(type)

    override fun culprit(module: SerializersModule): String = nameOf(type)

    override fun equals(other: Any?): Boolean = other is ClassShape<*> && other.type == type

    override fun hashCode(): Int = type.hashCode()

    override fun toString(): String = nameOf(type)
}

/** Whatever one serializer reads and writes. */
internal class SerializerShape<T>(
    private val serializer: KSerializer<T>,
) : Shape<T>() {
    override fun resolve(module: SerializersModule): KSerializer<T> = serializer

    override fun culprit(module: SerializersModule): String = toString()

    override fun equals(other: Any?): Boolean = other is SerializerShape<*> && other.serializer === serializer

    override fun hashCode(): Int = serializer.hashCode()

    override fun toString(): String = serializer.descriptor.serialName
}

private fun hasStar(type: KType): Boolean = type.arguments.any { argument -> argument.type?.let(::hasStar) ?: true }

/**
 * The serializer of a type with open arguments, such as the `List<Comparable<*>>` that the compiler makes of `listOf(1, "a")`: what is
 * open is written and read by its run-time type.
 */
@OptIn(ExperimentalSerializationApi::class)
private fun serializerOfOpen(
    type: KType,
    module: SerializersModule,
): KSerializer<*>? {
    val raw = type.classifier as? KClass<*> ?: return null
    val arguments =
        type.arguments.map {
            it.type?.let { inner ->
                serializerOfOpen(inner, module) ?: return null
            } ?: AnySerializer.nullable
        }
    return try {
        module.serializer(raw, arguments, type.isMarkedNullable)
    } catch (_: SerializationException) {
        // Generic interfaces such as `Comparable` have none, and need none: their values are of other types.
        AnySerializer.nullable
    }
}

/** The innermost argument of [type] that has no serializer, or the type itself. */
private fun culpritIn(
    type: KType,
    module: SerializersModule,
): String {
    if (!isFunction(type)) {
        val culprit = type.arguments.mapNotNull { it.type }.firstOrNull { !canBeSent(it, module) }
        if (culprit != null) return culpritIn(culprit, module)
    }
    return (type.classifier as? KClass<*>)?.let(::nameOf) ?: type.toString()
}

private fun canBeSent(
    type: KType,
    module: SerializersModule,
): Boolean =
    try {
        !mentionsFunction(type) && module.serializerOrNull(type) != null
    } catch (_: IllegalArgumentException) {
        false
    }

/** To kotlinx.serialization a function type is one interface among others, whose implementations somebody may register. */
internal fun mentionsFunction(type: KType): Boolean =
    isFunction(type) || type.arguments.any { argument -> argument.type?.let(::mentionsFunction) ?: false }

private fun isFunction(type: KType): Boolean = (type.classifier as? KClass<*>)?.let { isFunctionName(nameOf(it)) } ?: false

private fun isFunctionName(name: String): Boolean = name.startsWith("kotlin.Function") || name.startsWith("kotlin.jvm.functions.Function")

/** Why there is no serializer for [shape], and what to do; [culprit] is the part of it that has none. */
internal fun notSerializable(
    shape: Shape<*>,
    culprit: String,
): String {
    val within = if (culprit == shape.toString()) "" else ", a part of $shape,"
    val advice =
        if (isFunctionName(culprit)) {
            "functions are passed as callback { … } and received as RemoteFunction"
        } else {
            "annotate it with @Serializable, or register a codec for it"
        }
    return "$culprit$within cannot be sent: $advice"
}
