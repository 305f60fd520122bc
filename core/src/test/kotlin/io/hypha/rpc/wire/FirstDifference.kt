package io.hypha.rpc.wire

/**
 * Where two plain values differ first, and how, in a line; null when they are the same. Floats are compared by their bits and maps
 * in their order, and long texts are not printed.
 */
internal fun firstDifference(
    left: Any?,
    right: Any?,
    path: String = "value",
): String? =
    when {
        left is List<*> && right is List<*> && left.size == right.size -> {
            left.indices.firstNotNullOfOrNull { firstDifference(left[it], right[it], "$path[$it]") }
        }

        left is Map<*, *> && right is Map<*, *> && left.size == right.size -> {
            firstDifference(left.keys.toList(), right.keys.toList(), "$path.keys")
                ?: firstDifference(left.values.toList(), right.values.toList(), "$path.values")
        }

        left is Double && right is Double && left.toRawBits() == right.toRawBits() -> {
            null
        }

        left == right && left !is Double -> {
            null
        }

        else -> {
            "$path: ${brief(left)} and ${brief(right)}"
        }
    }

private fun brief(value: Any?): String =
    when (value) {
        is String -> "String of ${value.length}"
        is Double -> "Double ${value.toRawBits().toHexString()}"
        is Collection<*> -> "List of ${value.size}"
        is Map<*, *> -> "Map of ${value.size}"
        null -> "null"
        else -> "${value::class.simpleName} $value"
    }
