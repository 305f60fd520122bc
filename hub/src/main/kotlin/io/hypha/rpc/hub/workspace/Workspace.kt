package io.hypha.rpc.hub.workspace

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.hub.service.PlainTree

/**
 * An isolation unit (protocol §0, §8.1).
 *
 * @property owners user ids or email addresses of those who may do everything here.
 * @property createdBy id of the user whose quota it counts for; null for one that the hub made on demand.
 * @property details what else was given on creation: `icon`, `covers`, `docs`, `config` and the like.
 */
internal class Workspace(
    val id: String,
    val name: String = id,
    val description: String? = null,
    val persistent: Boolean = false,
    val owners: List<String> = emptyList(),
    val createdBy: String? = null,
    private val details: Map<String, Any?> = emptyMap(),
) {
    /** What [user] may do here. */
    fun permissionOf(user: UserInfo): WorkspacePermission? {
        val asOwner = if (isOwnedBy(user)) WorkspacePermission.Admin else null
        return WorkspacePermission.strongest(user.permissionFor(id), asOwner)
    }

    /** The bearer of a generated token has its parent's email, but may do no more than the token says. */
    private fun isOwnedBy(user: UserInfo): Boolean =
        !user.isKeptOutOf(id) && (user.id in owners || (user.parent == null && user.email in owners))

    /** The wire form, `WorkspaceInfo`. The environment is not in it: it is for those who may write, this for all readers. */
    fun toMap(contents: WorkspaceContents?): Map<String, Any?> =
        linkedMapOf(
            "type" to "workspace",
            "id" to id,
            "name" to name,
            "description" to description,
            "persistent" to persistent,
            "owners" to owners,
            "read_only" to (details["read_only"] ?: false),
            "icon" to details["icon"],
            "covers" to details["covers"],
            "docs" to details["docs"],
            "service_types" to
                contents
                    ?.serviceTypes
                    ?.all()
                    .orEmpty()
                    .associate { it.id to it.info },
            "config" to config(contents?.bookmarks?.all().orEmpty()),
            "status" to mapOf("ready" to true),
        )

    /** The short wire form that `list_workspaces` returns. */
    fun toSummary(): Map<String, Any?> =
        toMap(null).filterKeys { it in setOf("id", "name", "description", "read_only", "persistent", "owners") }

    private fun config(bookmarks: List<Any?>): Map<String, Any?> {
        val given = (details["config"] as? Map<*, *>).orEmpty().mapKeys { it.key.toString() }
        return if (bookmarks.isEmpty()) given else given + ("bookmarks" to bookmarks)
    }

    companion object {
        private const val LARGEST = 1 shl 20

        /** The workspace that [creator] wants to make, who is one of its owners. */
        fun of(
            config: Map<String, Any?>,
            creator: UserInfo,
        ): Workspace {
            val given = PlainTree.ofMap(config, "The description of a workspace", LARGEST)
            val id = text(given, "id") ?: throw HubProblem("ValueError", "Workspace id must be provided.")
            val owners = given["owners"] ?: emptyList<Any?>()
            requireValue(owners is List<*> && owners.all { it is String }) { "The owners of a workspace must be a list of texts" }
            requireValue(given["config"].let { it == null || it is Map<*, *> }) { "The config of a workspace must be a map" }
            for (key in listOf("persistent", "read_only")) {
                requireValue(given[key].let { it == null || it is Boolean }) { "The key $key of a workspace must be true or false" }
            }
            return Workspace(
                id = id,
                name = text(given, "name")?.ifEmpty { null } ?: id,
                description = text(given, "description"),
                persistent = given["persistent"] == true,
                owners = (owners.map { (it as String).trim() }.filter { it.isNotEmpty() } + creator.id).distinct(),
                // The quota is for people: one who makes tokens for itself gets no more of it.
                createdBy = creator.parent ?: creator.id,
                details = given,
            )
        }

        private fun text(
            given: Map<String, Any?>,
            key: String,
        ): String? {
            val value = given[key]
            requireValue(value == null || value is String) { "The $key of a workspace must be text" }
            return value as String?
        }
    }
}
