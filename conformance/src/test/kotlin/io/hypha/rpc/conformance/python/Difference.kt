package io.hypha.rpc.conformance.python

import io.hypha.rpc.wire.Bytes

/**
 * One place where a message is not what was recorded.
 *
 * @property path where: `args[0].echo._rname`, or `main.parent` for the routing segment.
 * @property recorded what was recorded there, with today's names; [Absent] for nothing.
 * @property actual what is there; [Absent] for nothing.
 */
internal class Difference(
    val message: RecordedMessage,
    val path: String,
    val recorded: Any?,
    val actual: Any?,
) {
    val key: String get() = path.substringAfterLast('.')

    override fun toString(): String = "$message: $path was ${show(recorded)}, is ${show(actual)}"

    private fun show(value: Any?): String =
        when (value) {
            is Bytes -> "${value.size} bytes"
            is Double, is String -> "$value (${value::class.simpleName})"
            else -> value.toString().take(SHOWN)
        }

    object Absent {
        override fun toString(): String = "absent"
    }

    private companion object {
        const val SHOWN = 200
    }
}
