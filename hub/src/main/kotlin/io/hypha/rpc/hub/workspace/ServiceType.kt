package io.hypha.rpc.hub.workspace

import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.requirePermitted
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.hub.service.PlainTree

/**
 * What services of one type have in common (`register_service_type`, protocol §8.1).
 *
 * @property id unique in its workspace.
 * @property info the wire form, with the id as it was registered.
 */
internal class ServiceType private constructor(
    val id: String,
    val info: Map<String, Any?>,
) {
    /** Whether clients of other workspaces may look at it. */
    val isPublic: Boolean get() = (info["config"] as? Map<*, *>)?.get("visibility") == "public"

    companion object {
        private const val LARGEST = 64 shl 10

        /** Reads what a client of [workspace] wants to register; keys that mean nothing here are left out. */
        fun of(
            given: Map<String, Any?>,
            workspace: String,
        ): ServiceType {
            val plain = PlainTree.ofMap(given, "A service type", LARGEST)
            val id = ownId(text(plain, "id"), workspace)
            val definition = plain["definition"]
            requireValue(definition is Map<*, *>) { "The definition of service type $id must be a map of its members" }
            val config = plain["config"] ?: emptyMap<String, Any?>()
            requireValue(config is Map<*, *>) { "The config of service type $id must be a map" }
            val info =
                linkedMapOf(
                    "id" to text(plain, "id"),
                    "name" to text(plain, "name"),
                    "definition" to definition,
                    "description" to plain["description"]?.let { text(plain, "description") },
                    "config" to config,
                    "docs" to plain["docs"]?.let { text(plain, "docs") },
                )
            return ServiceType(id, info)
        }

        private fun text(
            given: Map<String, Any?>,
            key: String,
        ): String =
            (given[key] as? String)?.takeIf { it.isNotEmpty() }
                ?: throw HubProblem("ValueError", "A service type must have a text for its $key")

        private fun ownId(
            id: String,
            workspace: String,
        ): String {
            if ('/' !in id) return id
            val given = id.substringBefore('/')
            requirePermitted(given == workspace) {
                "Workspace mismatch: $given != $workspace, you can only register service type in your own workspace."
            }
            val plain = id.substringAfter('/')
            requireValue(plain.isNotEmpty() && '/' !in plain) { "Invalid service type id: $id" }
            return plain
        }
    }
}
