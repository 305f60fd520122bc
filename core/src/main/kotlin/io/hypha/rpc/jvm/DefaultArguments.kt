package io.hypha.rpc.jvm

import java.lang.reflect.Method
import java.lang.reflect.Array as Arrays

/**
 * Calls a function so that its own defaults stand in for missing arguments: through the static method that the compiler makes for callers
 * who leave some out. It takes the receiver, all parameters, one bit for each missing argument in numbers of 32 bits, and a marker.
 *
 * @property entry the declaration that states the defaults, which may be one that the interface inherits.
 */
internal class DefaultArguments(
    private val entry: MethodEntry,
    private val method: Method,
) {
    /** Makes it callable although the interface may be private. */
    fun open() {
        method.opened()
    }

    /** @param more what follows the parameters, such as a continuation. */
    fun call(
        receiver: Any,
        values: List<Any?>,
        isMissing: BooleanArray,
        vararg more: Any?,
    ): Any? {
        val passed = entry.passed(values.mapIndexed { index, value -> value.takeUnless { isMissing[index] } }, *more)
        val types = method.parameterTypes
        val arguments = arrayOfNulls<Any?>(types.size)
        arguments[0] = receiver
        for (index in passed.indices) {
            arguments[index + 1] = if (index < isMissing.size && isMissing[index]) zero(types[index + 1]) else passed[index]
        }
        val masks = types.size - passed.size - 2
        for (mask in 0 until masks) arguments[passed.size + 1 + mask] = bits(isMissing, mask * Int.SIZE_BITS)
        return method.call(null, arguments)
    }

    private fun bits(
        isMissing: BooleanArray,
        from: Int,
    ): Int =
        (from until minOf(from + Int.SIZE_BITS, isMissing.size)).fold(0) { bits, index ->
            if (isMissing[index]) {
                bits or
                    (1 shl index - from)
            } else {
                bits
            }
        }

    /** What stands in the place of a missing argument of a primitive type. */
    private fun zero(type: Class<*>): Any? = if (type.isPrimitive) Arrays.get(Arrays.newInstance(type, 1), 0) else null

    companion object {
        /** The defaults that the declaration of [entry] in [owner] states. */
        fun of(
            owner: Class<*>,
            entry: MethodEntry,
        ): DefaultArguments? {
            val name = entry.method.name + "\$default"
            val leading = listOf(owner) + entry.method.parameterTypes
            val method =
                sequenceOf(owner, bodiesOf(owner))
                    .filterNotNull()
                    .flatMap { it.declaredMethods.asSequence() }
                    .firstOrNull { it.name == name && it.parameterTypes.take(leading.size) == leading }
            return method?.let { DefaultArguments(entry, it) }
        }
    }
}
