package io.hypha.rpc.hub.service

import io.hypha.rpc.hub.auth.HubProblem
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
        words.sumOf { word -> WEIGHTS.entries.sumOf { (field, weight) -> if (word in valueOf(entry, field).lowercase()) weight else 0 } }

    private companion object {
        val WEIGHTS = linkedMapOf("name" to 4, "id" to 4, "type" to 2, "description" to 2, "docs" to 1)
        val FIELDS = WEIGHTS.keys + listOf("service_id", "client_id", "workspace", "app_id", "visibility")

        fun wordsOf(query: Any?): List<String> {
            requireValue(query == null || query is String) { "The query of a search must be text: this hub searches words, not embeddings" }
            return (query as String?)
                .orEmpty()
                .lowercase()
                .split(' ', '\t', '\n')
                .filter { it.isNotEmpty() }
        }

        fun filterOf(
            field: String,
            value: Any?,
        ): String {
            requireField(field)
            return value as? String ?: throw HubProblem("ValueError", "The filter for $field must be text")
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
                else -> entry.info[field] as? String ?: ""
            }
    }
}
