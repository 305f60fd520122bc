package io.hypha.rpc.jvm

import java.lang.reflect.Method

/**
 * One method of the JVM that a member of an interface was compiled to: values of value classes go through it as what they wrap, where the
 * declaration of the method names the value class.
 *
 * @property parameters for each parameter of the Kotlin function the value class that is unwrapped.
 * @property result the value class that is unwrapped in the result.
 */
internal class MethodEntry(
    val method: Method,
    private val parameters: List<ValueClass?>,
    private val result: ValueClass?,
) {
    /** Whether the method takes values as Kotlin sees them. */
    val isPlain: Boolean = parameters.all { it == null }

    /** The same values through another method. */
    fun through(other: Method): MethodEntry = MethodEntry(other, parameters, result)

    /** The arguments of a call of the method as Kotlin sees them, without the continuation. */
    fun received(arguments: Array<Any?>): List<Any?> {
        val values = if (arguments.size == parameters.size) arguments.asList() else arguments.asList().subList(0, parameters.size)
        if (isPlain) return values
        return values.mapIndexed { index, value ->
            val wrapper = parameters[index]
            if (wrapper == null) value else wrapper.box(value)
        }
    }

    /** Arguments for the method, followed by [more]. */
    fun passed(
        values: List<Any?>,
        vararg more: Any?,
    ): Array<Any?> {
        val arguments = arrayOfNulls<Any?>(values.size + more.size)
        values.forEachIndexed { index, value ->
            val wrapper = parameters[index]
            arguments[index] = if (wrapper == null) value else wrapper.unbox(value)
        }
        more.copyInto(arguments, values.size)
        return arguments
    }

    /** What the method returns for [value]. */
    fun returned(value: Any?): Any? = if (result == null) value else result.unbox(value)

    /** What the method returned, as Kotlin sees it. A suspending function that did suspend has wrapped its result again. */
    fun obtained(value: Any?): Any? = if (result == null || result.isBoxed(value)) value else result.box(value)
}
