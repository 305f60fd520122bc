package io.hypha.rpc.jvm

import kotlin.reflect.KClass
import kotlin.reflect.KType
import kotlin.reflect.KTypeProjection

/**
 * A type as it stands in the declaration of an interface, its type parameters replaced by what they are bound to.
 *
 * @property function what the type is when it is that of a function.
 */
internal class NamedType(
    override val classifier: KClass<*>,
    override val arguments: List<KTypeProjection> = emptyList(),
    override val isMarkedNullable: Boolean = false,
    val function: FunctionSignature? = null,
) : KType {
    override val annotations: List<Annotation> get() = emptyList()

    private val hash = 31 * classifier.hashCode() + arguments.hashCode() + (if (isMarkedNullable) 1 else 0)

    override fun equals(other: Any?): Boolean = this === other || (other is NamedType && isSame(other))

    private fun isSame(other: NamedType) =
        other.classifier == classifier &&
            other.arguments == arguments &&
            other.isMarkedNullable == isMarkedNullable &&
            other.function?.isSuspending == function?.isSuspending

    override fun hashCode(): Int = hash

    override fun toString(): String {
        val name = function?.toString()?.let { if (isMarkedNullable) "($it)" else it } ?: classifier.qualifiedName ?: classifier.java.name
        val list = if (arguments.isEmpty() || function != null) "" else arguments.joinToString(prefix = "<", postfix = ">")
        return name + list + if (isMarkedNullable) "?" else ""
    }
}

/** The type of a function that is passed as a value. */
internal class FunctionSignature(
    val parameters: List<KType>,
    val result: KType,
    val isSuspending: Boolean,
) {
    override fun toString(): String =
        (if (isSuspending) "suspend " else "") + parameters.joinToString(prefix = "(", postfix = ") -> ") + result
}

/** The class of a type; type parameters that are bound to nothing have none. */
internal val KType.kotlinClass: KClass<*>? get() = classifier as? KClass<*>

internal val KType.signature: FunctionSignature? get() = (this as? NamedType)?.function

/** The same type, nullable. */
internal fun KType.orNull(): KType =
    when {
        isMarkedNullable -> this
        else -> NamedType(classifier as KClass<*>, arguments, isMarkedNullable = true, signature)
    }
