package io.hypha.rpc.conformance.python

import io.hypha.rpc.wire.Bytes

/** Compares a message with a recorded one. The order of the keys of a map does not count. */
internal class Comparison(
    private val names: Names,
    private val recorded: RecordedMessage,
) {
    private val found = ArrayList<Difference>()

    fun with(actual: Message): List<Difference> {
        compare("main", recorded.main, actual.main)
        for (key in recorded.payload.keys + actual.payload.keys) {
            compare(key, recorded.payload.entryOr(key), actual.payload.entryOr(key))
        }
        return found
    }

    private fun compare(
        path: String,
        recorded: Any?,
        actual: Any?,
    ) {
        when {
            recorded is Map<*, *> && actual is Map<*, *> -> {
                val current = recorded.mapKeys { names.now(it.key as String) }
                for (key in current.keys + actual.keys) compare("$path.$key", current.entryOr(key), actual.entryOr(key))
            }

            recorded is List<*> && actual is List<*> -> {
                for (index in 0 until maxOf(recorded.size, actual.size)) {
                    compare("$path[$index]", recorded.itemOr(index), actual.itemOr(index))
                }
            }

            !isSame(recorded, actual) -> {
                found += Difference(this.recorded, path, names.translated(recorded), actual)
            }
        }
    }

    private fun isSame(
        recorded: Any?,
        actual: Any?,
    ): Boolean =
        when (recorded) {
            is String -> actual is String && names.matches(recorded, actual)

            // The pieces of a long message hold ids and so differ by nature; the whole message is compared when it is complete.
            is ElidedBytes -> actual is Bytes

            is OmittedValue -> actual is Map<*, *>

            else -> recorded == actual
        }

    private fun Map<*, *>.entryOr(key: Any?): Any? = if (containsKey(key)) get(key) else Difference.Absent

    private fun List<*>.itemOr(index: Int): Any? = if (index < size) get(index) else Difference.Absent
}
