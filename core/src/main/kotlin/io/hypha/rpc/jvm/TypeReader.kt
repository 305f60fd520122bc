package io.hypha.rpc.jvm

import kotlin.metadata.KmClass
import kotlin.metadata.KmClassifier
import kotlin.metadata.KmType
import kotlin.metadata.KmTypeProjection
import kotlin.metadata.KmVariance
import kotlin.metadata.isDefinitelyNonNull
import kotlin.metadata.isNullable
import kotlin.metadata.isSuspend
import kotlin.reflect.KClass
import kotlin.reflect.KType
import kotlin.reflect.KTypeProjection

/**
 * Reads the types that an interface mentions.
 *
 * @property variables what its type parameters are bound to, by their numbers in the metadata.
 */
internal class TypeReader(
    private val loader: ClassLoader?,
    private val variables: Map<Int, KType>,
) {
    /** The reader for a supertype of the interface, whose own type parameters are those of [declaration]. */
    fun of(
        supertype: KmType,
        declaration: KmClass,
    ): TypeReader = TypeReader(loader, bind(declaration, supertype.arguments.map { it.type?.let(::read) }))

    /** The class of a type, before its type parameters are replaced; null for a type parameter. */
    fun declaredClass(type: KmType): KClass<*>? =
        (type.classifier as? KmClassifier.Class)?.let { classifier ->
            classNamed(classifier.name, type.arguments.map { argument -> argument.type?.let(::read) }, loader)
        }

    fun read(type: KmType): KType =
        when (val classifier = type.classifier) {
            is KmClassifier.Class -> readClass(type)
            is KmClassifier.TypeParameter -> variable(type, classifier.id)
            is KmClassifier.TypeAlias -> throw IllegalArgumentException("the type alias ${classifier.name} has no class")
        }

    private fun readClass(type: KmType): KType {
        val arguments = type.arguments.map(::readArgument)
        val classifier = checkNotNull(declaredClass(type))
        val signature = if (classifier.java.name.startsWith(FUNCTIONS)) signatureOf(type, arguments) else null
        return NamedType(classifier, arguments, type.isNullable, signature)
    }

    /** In the metadata a suspending function takes a continuation and returns anything. */
    private fun signatureOf(
        type: KmType,
        arguments: List<KTypeProjection>,
    ): FunctionSignature {
        val types = arguments.map { it.type ?: NamedType(Any::class, isMarkedNullable = true) }
        return if (type.isSuspend) {
            FunctionSignature(types.dropLast(2), types[types.size - 2].arguments.single().type ?: types.last(), isSuspending = true)
        } else {
            FunctionSignature(types.dropLast(1), types.last(), isSuspending = false)
        }
    }

    private fun readArgument(argument: KmTypeProjection): KTypeProjection {
        val type = argument.type?.let(::read) ?: return KTypeProjection.STAR
        return when (argument.variance) {
            KmVariance.IN -> KTypeProjection.contravariant(type)
            KmVariance.OUT -> KTypeProjection.covariant(type)
            else -> KTypeProjection.invariant(type)
        }
    }

    private fun variable(
        type: KmType,
        id: Int,
    ): KType {
        val bound = variables[id] ?: throw IllegalArgumentException("it has type parameters of its own")
        return when {
            type.isNullable -> bound.orNull()
            type.isDefinitelyNonNull && bound.isMarkedNullable -> NamedType(checkNotNull(bound.kotlinClass), bound.arguments)
            else -> bound
        }
    }

    companion object {
        private const val FUNCTIONS = "kotlin.jvm.functions.Function"

        /** What the type parameters of [declaration] are when it is used with [arguments]; anything for those that are left open. */
        fun bind(
            declaration: KmClass,
            arguments: List<KType?>,
        ): Map<Int, KType> =
            declaration.typeParameters
                .mapIndexed { index, parameter ->
                    parameter.id to (arguments.getOrNull(index) ?: NamedType(Any::class, isMarkedNullable = true))
                }.toMap()
    }
}
