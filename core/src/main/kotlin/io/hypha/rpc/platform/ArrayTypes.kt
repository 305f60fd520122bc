package io.hypha.rpc.platform

import kotlin.reflect.KClass
import kotlin.reflect.KType
import kotlin.reflect.KTypeProjection

/**
 * The same type with the elements of arrays as the classes that these arrays hold. Serializers make an array of the class that they are
 * told, and `Int` alone would be an `IntArray` to them, which is no `Array<Int>`.
 */
internal fun withBoxedElements(type: KType): KType {
    if (type.arguments.isEmpty()) return type
    val isArray = (type.classifier as? KClass<*>)?.java?.isArray == true
    val arguments =
        type.arguments.map { argument ->
            val inner = argument.type?.let(::withBoxedElements)
            KTypeProjection(argument.variance, if (isArray && inner != null) boxed(inner) else inner)
        }
    return SameType(type, type.classifier as? KClass<*> ?: return type, arguments)
}

private fun boxed(type: KType): KType {
    val found = type.classifier as? KClass<*> ?: return type
    return if (found.java.isPrimitive) SameType(type, found.javaObjectType.kotlin, type.arguments) else type
}

private class SameType(
    private val type: KType,
    override val classifier: KClass<*>,
    override val arguments: List<KTypeProjection>,
) : KType by type {
    override fun toString(): String = type.toString()
}
