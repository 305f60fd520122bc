package io.hypha.rpc.hub.workspace

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.auth.UserInfo

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
        val asOwner = if (user.id in owners || user.email in owners) WorkspacePermission.Admin else null
        return WorkspacePermission.strongest(user.permissionFor(id), asOwner)
    }

    /** The wire form, `WorkspaceInfo`. */
    fun toMap(): Map<String, Any?> =
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
            "service_types" to emptyMap<String, Any?>(),
            "config" to (details["config"] ?: emptyMap<String, Any?>()),
            "status" to mapOf("ready" to true),
        )

    /** The short wire form that `list_workspaces` returns. */
    fun toSummary(): Map<String, Any?> =
        toMap().filterKeys { it in setOf("id", "name", "description", "read_only", "persistent", "owners") }
}
