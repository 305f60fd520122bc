package io.hypha.rpc.service

/**
 * Which services to list (protocol §8.2). The texts are patterns: letters, digits, `_`, `-` and `/`, with `*` for any run of characters and `|`
 * between alternatives. What is null does not matter.
 */
@HyphaDsl
public class ServiceFilter {
    /** The workspace; null for that of this client, `*` for the public services of all of them. */
    public var workspace: String? = null

    /** The client that provides it. */
    public var clientId: String? = null

    /** The id within its client. */
    public var serviceId: String? = null

    /** What kind of service it is. */
    public var type: String? = null

    /** Who may find and call it. */
    public var visibility: Visibility? = null

    /** The application that it belongs to. */
    public var appId: String? = null

    /** Whether to list the unlisted services of this client's own workspace too. */
    public var includeUnlisted: Boolean = false

    /** Whether to list the services of applications that are not running too. */
    public var includeAppServices: Boolean = false

    /** Whether services of running clients come first. */
    public var prioritizeRunning: Boolean = false

    internal fun toQuery(): Map<String, Any?> {
        val patterns =
            listOf("workspace" to workspace, "client_id" to clientId, "service_id" to serviceId, "type" to type, "app_id" to appId)
        val query = linkedMapOf<String, Any?>()
        for ((key, pattern) in patterns) if (pattern != null) query[key] = pattern.also { requirePattern(key, it) }
        visibility?.let { query["visibility"] = it.wireName }
        return query
    }

    internal fun toFlags(): Map<String, Any?> =
        buildMap {
            if (includeUnlisted) put("include_unlisted", true)
            if (includeAppServices) put("include_app_services", true)
            if (prioritizeRunning) put("prioritize_running_services", true)
        }

    internal companion object {
        private val pattern = Regex("[A-Za-z0-9_/|*-]+")

        /** The keys that a query may have. */
        private val keys = setOf("visibility", "workspace", "client_id", "service_id", "id", "type", "app_id")

        private fun requirePattern(
            key: String,
            text: String,
        ) {
            require(pattern.matches(text)) {
                "'$text' is no pattern for $key; it may hold letters, digits, '_', '-' and '/', with '*' for anything and '|' for or"
            }
        }

        /** A query as the wire has it: null, a text such as `ws/service`, or a map. */
        fun requireQuery(query: Any?) {
            when (query) {
                null -> Unit
                is String -> require(query.isNotBlank()) { "the query is empty; leave it out to list the services of the workspace" }
                is Map<*, *> -> requireKeys(query)
                else -> throw IllegalArgumentException("a query is a text or a map, not a ${query::class.simpleName}")
            }
        }

        private fun requireKeys(query: Map<*, *>) {
            val unknown = query.keys - keys
            require(unknown.isEmpty()) { "Invalid query keys: ${unknown.joinToString()}; the keys are ${keys.joinToString()}" }
            for ((key, value) in query) {
                require(value is String) { "the value of $key in a query is a text" }
                requirePattern(key.toString(), value)
            }
        }
    }
}
