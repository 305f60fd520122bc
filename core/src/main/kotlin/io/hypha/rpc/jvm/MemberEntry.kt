package io.hypha.rpc.jvm

import java.lang.reflect.Method
import kotlin.metadata.KmFunction
import kotlin.metadata.KmProperty
import kotlin.metadata.KmType
import kotlin.metadata.isNullable

/** One interface of a hierarchy while it is read. */
internal class Level(
    val type: Class<*>,
    val reader: TypeReader,
)

/** A function as one interface of the hierarchy declares it. */
internal class FoundFunction(
    val level: Level,
    val function: KmFunction,
    val method: Method,
) {
    /**
     * What it has in common with those that it overrides, and not with others of its name: the types of its parameters. Types that cannot be
     * read are those of the method.
     */
    val overload: List<Any?> =
        listOf(function.name, method.parameterTypes.size, function.receiverParameterType?.let { type(it, 0) }) +
            function.valueParameters.mapIndexed { index, parameter -> type(parameter.type, index) }

    private fun type(
        type: KmType,
        index: Int,
    ): Any =
        try {
            level.reader.read(type)
        } catch (_: IllegalArgumentException) {
            method.parameterTypes[index]
        }

    /** @param overridden the declarations that this one overrides. */
    fun entry(overridden: List<FoundFunction>): MethodEntry =
        MethodEntry(
            method,
            function.valueParameters.mapIndexed { index, parameter -> unwrapped(parameter.type, method.parameterTypes[index]) },
            returned(overridden),
        )

    private fun unwrapped(
        type: KmType,
        compiled: Class<*>,
    ): ValueClass? = level.unwrapped(type, compiled)

    /**
     * The result of a suspending function goes through `Object`. It is wrapped when it could not be told from no result otherwise, when it
     * is primitive inside, and when an overridden declaration does not name the value class.
     */
    private fun returned(overridden: List<FoundFunction>): ValueClass? {
        val declared = level.reader.declaredClass(function.returnType) ?: return null
        val type = ValueClass.of(declared) ?: return null
        val isWrapped =
            type.underlying.isPrimitive ||
                (function.returnType.isNullable && type.wrapsNull) ||
                overridden.any { it.level.reader.declaredClass(it.function.returnType) != declared }
        return type.takeUnless { isWrapped }
    }
}

/** A property as one interface of the hierarchy declares it. */
internal class FoundProperty(
    val level: Level,
    val property: KmProperty,
    val getter: Method,
) {
    fun entry(): MethodEntry = MethodEntry(getter, emptyList(), level.unwrapped(property.returnType, getter.returnType))
}

private fun Level.unwrapped(
    type: KmType,
    compiled: Class<*>,
): ValueClass? = reader.declaredClass(type)?.takeIf { it.java != compiled }?.let(ValueClass::of)
