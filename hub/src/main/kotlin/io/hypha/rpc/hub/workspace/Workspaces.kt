package io.hypha.rpc.hub.workspace

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.auth.Authenticator
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.auth.requirePermitted
import io.hypha.rpc.hub.auth.requireValue
import java.util.concurrent.ConcurrentHashMap

/**
 * The workspaces of this hub, in memory. Those of users and `public` need no creation: they exist while somebody is in them.
 */
internal class Workspaces {
    private val created = ConcurrentHashMap<String, Workspace>()

    /** A workspace that [user] may at least know of; null when there is none of that id. */
    fun find(
        id: String,
        user: UserInfo,
    ): Workspace? = created[id] ?: if (isOnDemand(id, user)) Workspace(id, owners = ownersOf(id)) else null

    /** Those that were created and that [user] may read, and the user's own. */
    fun accessibleTo(user: UserInfo): List<Workspace> {
        val own = Workspace(user.ownWorkspace, owners = listOf(user.id))
        return listOf(own) + created.values.filter { it.id != own.id && it.permissionOf(user) != null }.sortedBy { it.id }
    }

    /** Adds a workspace; with [overwrite] in the place of an older one that the same user administers. */
    fun create(
        workspace: Workspace,
        user: UserInfo,
        overwrite: Boolean,
    ) {
        val id = workspace.id
        val problem = WorkspaceId.problem(id, allowAnyName = UserInfo.ADMIN in user.roles)
        requireValue(problem == null) { "$problem" }
        synchronized(created) {
            val older = created[id]
            val mayReplace = overwrite && older?.permissionOf(user)?.allows(WorkspacePermission.Admin) == true
            requireValue(older == null || mayReplace) { "Workspace already exists: $id" }
            requirePermitted(created.values.count { it.createdBy == user.id } < MOST_OF_ONE_USER || older != null) {
                "A user can create at most $MOST_OF_ONE_USER workspaces"
            }
            created[id] = workspace
        }
    }

    /** Removes one that was created; false when there is none. */
    fun delete(id: String): Boolean = created.remove(id) != null

    private fun isOnDemand(
        id: String,
        user: UserInfo,
    ): Boolean = id == Authenticator.PUBLIC || (id.startsWith(UserInfo.OWN_WORKSPACE) && user.permissionFor(id) != null)

    private fun ownersOf(id: String): List<String> =
        if (id.startsWith(UserInfo.OWN_WORKSPACE)) listOf(id.removePrefix(UserInfo.OWN_WORKSPACE)) else emptyList()

    private companion object {
        const val MOST_OF_ONE_USER = 100
    }
}
