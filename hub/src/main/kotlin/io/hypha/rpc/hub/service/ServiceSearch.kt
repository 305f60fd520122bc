package io.hypha.rpc.hub.service

import io.hypha.rpc.hub.auth.requireValue

/**
 * What `search_services` looks for (protocol §8.1). The reference server compares embeddings; this one compares words: each word of
 * the query counts where it is found, most in the name and the id, and services with none of them are left out.
 *
 * @param query words; null or none of them for all services.
 * @param filters fields with the value that they must have, in which `*` stands for anything.
 * @param orderBy a field to sort by; null for the best first.
 */
internal class ServiceSearch(
    query: Any?,
    filters: Map<String, Any?>,
    private val orderBy: String?,
) {
    private val words = wordsOf(query)
    private val filters = filters.mapValues { (field, value) -> filterOf(field, value) }

    init {
        if (orderBy != null) requireField(orderBy)
    }

    /** Those of [entries] that fit, in the order asked for. */
    fun select(entries: List<ServiceEntry>): List<ServiceEntry> {
        val fitting = entries.filter { entry -> filters.all { (field, value) -> globMatches(value, valueOf(entry, field)) } }
        val scored = fitting.map { it to score(it) }.filter { (_, score) -> words.isEmpty() || score > 0 }
        val sorted = if (orderBy == null) scored.sortedByDescending { it.second } else scored.sortedBy { valueOf(it.first, orderBy) }
        return sorted.map { it.first }
    }

    private fun score(entry: ServiceEntry): Int =
        WEIGHTS.entries.sumOf { (field, weight) ->
            val text = valueOf(entry, field).lowercase()
            words.count { it in text } * weight
        }

    private companion object {
        const val LONGEST_QUERY = 1000
        const val MOST_WORDS = 32
        const val LONGEST_FILTER = 256
        const val LONGEST_TEXT = 16 shl 10
        val WEIGHTS = linkedMapOf("name" to 4, "id" to 4, "type" to 2, "description" to 2, "docs" to 1)
        val FIELDS = WEIGHTS.keys + listOf("service_id", "client_id", "workspace", "app_id", "visibility")

        fun wordsOf(query: Any?): List<String> {
            requireValue(query == null || query is String) { "The query of a search must be text: this hub searches words, not embeddings" }
            val text = (query as String?).orEmpty()
            requireValue(text.length <= LONGEST_QUERY) { "The words of a search may take $LONGEST_QUERY characters" }
            val words = text.lowercase().split(' ', '\t', '\n').filter { it.isNotEmpty() }
            requireValue(words.size <= MOST_WORDS) { "A search is for at most $MOST_WORDS words" }
            return words
        }

        fun filterOf(
            field: String,
            value: Any?,
        ): String {
            requireField(field)
            requireValue(value is String) { "The filter for $field must be text" }
            requireValue(value.length <= LONGEST_FILTER) { "The filter for $field may have $LONGEST_FILTER characters" }
            return value
        }

        fun requireField(field: String) {
            requireValue(field in FIELDS) { "Unknown field '$field'. A search knows ${FIELDS.joinToString(", ")}." }
        }

        fun valueOf(
            entry: ServiceEntry,
            field: String,
        ): String =
            when (field) {
                "service_id" -> entry.id.service

                "client_id" -> entry.id.client

                "workspace" -> entry.id.workspace

                "visibility" -> entry.visibility

                // The beginning says what it is about; all of it could be a megabyte for each of many services.
                else -> (entry.info[field] as? String).orEmpty().take(LONGEST_TEXT)
            }
    }
}
