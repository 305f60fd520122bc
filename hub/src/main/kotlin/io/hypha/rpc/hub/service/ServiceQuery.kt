package io.hypha.rpc.hub.service

import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.requireValue

/**
 * What `list_services` looks for (protocol §8.2): patterns for the parts of the id, for the type and for the visibility.
 */
internal class ServiceQuery private constructor(
    val id: ServiceId,
    private val type: String,
    private val visibility: String,
) {
    fun matches(entry: ServiceEntry): Boolean = globMatches(type, entry.type) && globMatches(visibility, entry.visibility)

    companion object {
        private val allowed = Regex("[A-Za-z0-9_/|*-]*")
        private val keys = setOf("visibility", "workspace", "client_id", "service_id", "id", "type", "app_id")

        /**
         * Reads a query: null for everything in [workspace], a map, or a text such as `ws`, `ws/service` or `client:service`, where
         * `*` as the workspace means the public services of all of them.
         *
         * @throws HubProblem for an unknown key, a value that is no text, or characters that are in no id.
         */
        fun parse(
            query: Any?,
            workspace: String,
        ): ServiceQuery =
            when (query) {
                null -> ofText(workspace, workspace)
                is String -> ofText(query, workspace)
                is Map<*, *> -> ofMap(query, workspace)
                else -> throw HubProblem("ValueError", "A query must be text or a map")
            }.also(::checkAlphabet)

        private fun checkAlphabet(query: ServiceQuery) {
            val parts = with(query.id) { listOf(workspace, client, service, app) } + query.visibility
            for (part in parts + query.type) {
                requireValue(part.length <= ServiceId.LONGEST) { "A part of a query may have at most ${ServiceId.LONGEST} characters" }
            }
            for (part in parts) requireValue(allowed.matches(part)) { "Invalid characters in query part: $part" }
        }

        private fun ofText(
            text: String,
            workspace: String,
        ): ServiceQuery {
            if (text.none { it in "/:@" }) return ServiceQuery(ServiceId(text, "*", "*", "*"), "*", "*")
            val id = ServiceId.parse(text, workspace)
            return ServiceQuery(id, "*", if (id.workspace == "*") ServiceEntry.PUBLIC else "*")
        }

        private fun ofMap(
            query: Map<*, *>,
            workspace: String,
        ): ServiceQuery {
            val unknown = query.keys - keys
            requireValue(unknown.isEmpty()) { "Invalid query keys: ${unknown.joinToString(", ")}" }
            requireValue("id" !in query || "service_id" !in query) { "Cannot specify both 'id' and 'service_id' in the query." }
            val full = text(query, "service_id") ?: text(query, "id") ?: "*"
            val id = ServiceId.parse(full, text(query, "workspace") ?: workspace)
            return ServiceQuery(
                id = ServiceId(id.workspace, text(query, "client_id") ?: id.client, id.service, text(query, "app_id") ?: id.app),
                type = text(query, "type") ?: "*",
                visibility = text(query, "visibility") ?: "*",
            )
        }

        private fun text(
            query: Map<*, *>,
            key: String,
        ): String? {
            val value = query[key] ?: return null
            requireValue(value is String) { "The query key $key must be text" }
            return value
        }
    }
}
