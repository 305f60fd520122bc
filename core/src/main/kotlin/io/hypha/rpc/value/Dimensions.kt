package io.hypha.rpc.value

import io.hypha.rpc.EncodingException

/**
 * The shape of an array and the order of its elements in memory.
 *
 * @property sizes the size along each dimension; empty for a single value.
 * @property isFortran whether the first index runs fastest (column-major) instead of the last (row-major, as on the wire).
 */
internal class Dimensions(
    val sizes: IntArray,
    val isFortran: Boolean = false,
) {
    /** Number of elements: the product of the sizes, 1 for a single value. */
    val count: Int = product(sizes)

    /** Whether position and row-major number of an element are the same. */
    val isRowMajor: Boolean = !isFortran || sizes.count { it != 1 } <= 1

    /** Where the element at [index] lies, counted in elements. */
    fun position(index: IntArray): Int {
        if (index.size != sizes.size) {
            throw IndexOutOfBoundsException("${index.size} indices given, the array has ${sizes.size} dimensions")
        }
        var position = 0
        for (step in sizes.indices) {
            val dimension = if (isFortran) sizes.size - 1 - step else step
            val at = index[dimension]
            if (at < 0 || at >= sizes[dimension]) {
                throw IndexOutOfBoundsException("Index $at in dimension $dimension, whose size is ${sizes[dimension]}")
            }
            position = position * sizes[dimension] + at
        }
        return position
    }

    /** Where the element lies whose number in row-major order is [number]. */
    fun positionOf(number: Int): Int {
        if (isRowMajor) return number
        var rest = number
        var position = 0
        // The stride of a dimension is the product of the sizes before it: from the last dimension on, divide it out again.
        var stride = count
        for (dimension in sizes.indices.reversed()) {
            stride /= sizes[dimension]
            position += rest % sizes[dimension] * stride
            rest /= sizes[dimension]
        }
        return position
    }

    companion object {
        /** The product of [sizes]. */
        fun product(sizes: IntArray): Int {
            if (sizes.any { it < 0 }) throw EncodingException("An array cannot have a negative size")
            if (sizes.any { it == 0 }) return 0
            var count = 1L
            for (size in sizes) {
                count *= size
                if (count > Int.MAX_VALUE) throw EncodingException("An array can have at most ${Int.MAX_VALUE} elements")
            }
            return count.toInt()
        }
    }
}
