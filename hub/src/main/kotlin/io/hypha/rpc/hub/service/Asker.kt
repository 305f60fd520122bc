package io.hypha.rpc.hub.service

import io.hypha.rpc.call.WorkspacePermission

/**
 * Whoever looks for services, and what it may see (protocol §8.2, §9.3).
 *
 * @property workspace the workspace that it is in.
 * @param permission what it may do in a workspace.
 */
internal class Asker(
    val workspace: String,
    private val permission: (workspace: String) -> WorkspacePermission?,
) {
    /** Whether [entry] may be found and got by its id. */
    fun mayGet(entry: ServiceEntry): Boolean = entry.visibility != ServiceEntry.PROTECTED || isInvited(entry) || mayRead(entry.id.workspace)

    /** Whether [entry] stands in the lists that the asker gets; [anyWorkspace] when it did not ask for one workspace. */
    fun maySee(
        entry: ServiceEntry,
        anyWorkspace: Boolean,
        includeUnlisted: Boolean,
    ): Boolean =
        when (entry.visibility) {
            ServiceEntry.PUBLIC -> true
            ServiceEntry.UNLISTED -> includeUnlisted && entry.id.workspace == workspace
            else -> isInvited(entry) || entry.id.workspace == workspace || (!anyWorkspace && mayRead(entry.id.workspace))
        }

    /** Whether [entry] is for those only who know its name already. */
    fun isHidden(entry: ServiceEntry): Boolean = entry.visibility == ServiceEntry.UNLISTED && entry.id.workspace != workspace

    /** The wire form; who is invited does not learn who else is. */
    fun infoOf(entry: ServiceEntry): Map<String, Any?> {
        if (entry.authorizedWorkspaces == null || entry.id.workspace == workspace) return entry.info
        val config = (entry.info["config"] as Map<*, *>) - "authorized_workspaces"
        return entry.info + ("config" to config)
    }

    private fun isInvited(entry: ServiceEntry): Boolean = entry.authorizedWorkspaces?.contains(workspace) == true

    private fun mayRead(other: String): Boolean = other == workspace || permission(other) != null
}
