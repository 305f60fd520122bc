package io.hypha.rpc.service

import io.hypha.rpc.call.RemoteFunction

/**
 * How the names in a service are written, for callers whose language has other habits than the provider's (protocol §7.10). All keys are
 * renamed, also those of `config` and of nested groups, and the names in the schemas of functions. What is called at the provider stays
 * the same.
 */
public enum class CaseConversion(
    internal val word: String,
) {
    /** `get_http_url` becomes `getHttpUrl`, and `HelloWorld` `helloWorld`. */
    Camel("camel"),

    /** `getHttpUrl` becomes `get_http_url`, and `HelloWorld` `hello_world`. Every capital begins a word: `getURL` becomes `get_u_r_l`. */
    Snake("snake"),

    /** Everything is there under both names. */
    Both("camel+snake"),
    ;

    /** What [name] becomes: one name, or two different ones with [Both]. Names that begin with `_` are reserved and stay as they are. */
    internal fun names(name: String): Set<String> =
        when {
            name.startsWith('_') -> setOf(name)
            this == Camel -> setOf(camel(name))
            this == Snake -> setOf(snake(name))
            else -> setOf(camel(name), snake(name))
        }

    /** [entries] with other keys, at every level. */
    internal fun convert(entries: Map<String, Any?>): Map<String, Any?> {
        val converted = LinkedHashMap<String, Any?>()
        for ((key, value) in entries) {
            for (name in names(key)) converted[name] = nested(name, value)
        }
        return converted
    }

    @Suppress("UNCHECKED_CAST")
    private fun nested(
        name: String,
        value: Any?,
    ): Any? =
        when {
            value is RemoteFunction -> value.renamed(name)
            value is List<*> -> value.map { nested(name, it) }
            value is Map<*, *> && value.keys.all { it is String } -> convert(value as Map<String, Any?>)
            else -> value
        }

    private companion object {
        fun camel(name: String): String {
            val words = name.split('_')
            return words.first().replaceFirstChar(Char::lowercaseChar) +
                words.drop(1).joinToString("") { word -> word.replaceFirstChar(Char::uppercaseChar) }
        }

        fun snake(name: String): String =
            buildString {
                name.forEachIndexed { index, char ->
                    if (char.isUpperCase() && index > 0) append('_')
                    append(char.lowercaseChar())
                }
            }
    }
}
