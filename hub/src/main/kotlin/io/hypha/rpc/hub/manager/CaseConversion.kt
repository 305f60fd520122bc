package io.hypha.rpc.hub.manager

import io.hypha.rpc.hub.auth.HubProblem

/** Renames the keys of a service, for callers whose language writes names in another way (protocol §7.6, §7.10). */
internal class CaseConversion private constructor(
    private val names: (String) -> List<String>,
) {
    /** [service] with renamed keys, at every level. The functions themselves keep their paths. */
    fun convert(service: Map<String, Any?>): Map<String, Any?> {
        val converted = LinkedHashMap<String, Any?>()
        for ((name, value) in service) {
            for (newName in names(name)) converted[newName] = nested(value)
        }
        return converted
    }

    private fun nested(value: Any?): Any? =
        when (value) {
            is Map<*, *> -> convert(value.entries.associate { (key, entry) -> key.toString() to entry })
            is List<*> -> value.map(::nested)
            else -> value
        }

    companion object {
        private val unchanged = CaseConversion { listOf(it) }
        private val toCamel = CaseConversion { listOf(camel(it)) }
        private val toSnake = CaseConversion { listOf(snake(it)) }
        private val toBoth = CaseConversion { listOf(camel(it), snake(it)).distinct() }

        /** The conversion of that name: `camel`, `snake`, `camel+snake`, or null for none. */
        fun of(name: Any?): CaseConversion =
            when (name) {
                null -> unchanged
                "camel" -> toCamel
                "snake" -> toSnake
                "camel+snake" -> toBoth
                else -> throw HubProblem("ValueError", "Unknown case_conversion: $name")
            }

        private fun camel(name: String): String {
            val words = name.split('_')
            if (words.size == 1 || name.startsWith('_')) return name
            return words.first() + words.drop(1).joinToString("") { word -> word.replaceFirstChar(Char::uppercaseChar) }
        }

        private fun snake(name: String): String =
            buildString {
                for (char in name) {
                    if (char.isUpperCase() && isNotEmpty()) append('_')
                    append(char.lowercaseChar())
                }
            }
    }
}
