package io.hypha.rpc.jvm

import java.lang.reflect.Method
import kotlin.metadata.KmClass
import kotlin.metadata.KmClassifier
import kotlin.metadata.KmType
import kotlin.metadata.isNullable
import kotlin.reflect.KClass

/**
 * A value class, which the JVM passes as what it wraps wherever its type is known.
 *
 * @property underlying what it is then.
 */
internal class ValueClass private constructor(
    private val boxing: Method,
    private val unboxing: Method,
) {
    val underlying: Class<*> get() = boxing.parameterTypes[0]

    /** Whether it can wrap null, so that null may be a value of it. */
    val wrapsNull: Boolean by lazy { metadataOf(boxing.declaringClass)?.let(::holdsNull) ?: false }

    /** The underlying type may also be a type parameter, or another value class. */
    private fun holdsNull(declaration: KmClass): Boolean = declaration.inlineClassUnderlyingType?.let { isNullIn(it, declaration) } ?: false

    private fun isNullIn(
        type: KmType,
        declaration: KmClass,
    ): Boolean =
        type.isNullable ||
            when (val classifier = type.classifier) {
                is KmClassifier.TypeParameter -> {
                    declaration.typeParameters
                        .first { it.id == classifier.id }
                        .upperBounds
                        .all { isNullIn(it, declaration) }
                }

                is KmClassifier.Class -> {
                    of(classNamed(classifier.name, type.arguments.map { null }, boxing.declaringClass.classLoader))?.wrapsNull ?: false
                }

                is KmClassifier.TypeAlias -> {
                    false
                }
            }

    fun box(value: Any?): Any? = if (value == null && !wrapsNull) null else boxing.invoke(null, value)

    fun isBoxed(value: Any?): Boolean = boxing.declaringClass.isInstance(value)

    fun unbox(value: Any?): Any? = value?.let { unboxing.invoke(it) }

    companion object {
        private const val BOX = "box-impl"
        private const val UNBOX = "unbox-impl"

        /** [type] when it is a value class. */
        fun of(type: KClass<*>): ValueClass? {
            val methods = type.java.declaredMethods
            val boxing = methods.firstOrNull { it.name == BOX } ?: return null
            val unboxing = methods.first { it.name == UNBOX }
            return ValueClass(boxing.opened(), unboxing.opened())
        }
    }
}
