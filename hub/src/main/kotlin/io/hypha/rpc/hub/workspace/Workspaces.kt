package io.hypha.rpc.hub.workspace

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.auth.AnonymousUsers
import io.hypha.rpc.hub.auth.Authenticator
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.auth.requirePermitted
import io.hypha.rpc.hub.auth.requireValue
import java.util.concurrent.ConcurrentHashMap

/** The workspaces of this hub, in memory. Those of users and `public` need no creation. */
internal class Workspaces {
    private val created = ConcurrentHashMap<String, Workspace>()
    private val contents = ConcurrentHashMap<String, WorkspaceContents>()

    /** A workspace that [user] may at least know of; null when there is none of that id. */
    fun find(
        id: String,
        user: UserInfo,
    ): Workspace? = created[id] ?: if (isOnDemand(id, user)) onDemand(id) else null

    /** The workspace that [user] has for itself. */
    fun ownOf(user: UserInfo): Workspace = onDemand(user.ownWorkspace)

    /** What is kept in the workspace [id], which exists. */
    fun contentsOf(id: String): WorkspaceContents = contents.getOrPut(id) { WorkspaceContents() }

    /** What is kept in the workspace [id]; null when there is nothing yet. */
    fun contentsIn(id: String): WorkspaceContents? = contents[id]

    /** The wire form of [workspace] as it is now. */
    fun infoOf(workspace: Workspace): Map<String, Any?> = workspace.toMap(contents[workspace.id])

    /**
     * Those that [user] may read: its own, those that were created, and those of others that its token names. The workspace by the name of
     * the user of a generated token is none: nobody made it, and nobody is there.
     */
    fun accessibleTo(user: UserInfo): List<Workspace> {
        val own = listOf(ownOf(user)).filter { user.parent == null }
        val named =
            user.scope.workspaces.keys
                .sorted()
                .mapNotNull { find(it, user) }
        val all = own + named + created.values.sortedBy { it.id }
        return all.filter { it.permissionOf(user) != null }.distinctBy { it.id }
    }

    /** Adds a workspace; with [overwrite] in the place of an older one that the same user administers, with all that was in it. */
    fun create(
        workspace: Workspace,
        user: UserInfo,
        overwrite: Boolean,
    ) {
        val id = workspace.id
        val isRoot = UserInfo.ADMIN in user.roles
        val problem = WorkspaceId.problem(id, allowAnyName = isRoot)
        requireValue(problem == null) { "$problem" }
        synchronized(created) {
            val older = created[id]
            requireValue(older == null || overwrite) { "Workspace already exists: $id" }
            requirePermitted(older == null || older.permissionOf(user)?.allows(WorkspacePermission.Admin) == true) {
                "Permission denied: user ${user.id} cannot overwrite workspace $id"
            }
            if (older == null && !isRoot) checkQuota(workspace.createdBy)
            contents.remove(id)
            created[id] = workspace
        }
    }

    /** Whether the workspace [id] is there because somebody made it. */
    fun isCreated(id: String): Boolean = created.containsKey(id)

    /** The workspace [id] that somebody made, if there is one. */
    fun created(id: String): Workspace? = created[id]

    /** Whether the workspace [id], or what is kept in it, ends with its last client. */
    fun isTemporary(id: String): Boolean = created[id]?.persistent == false || id.startsWith(UserInfo.OWN_WORKSPACE + AnonymousUsers.PREFIX)

    /** Removes what is kept in a workspace, and the workspace if it was created, which is then returned. */
    fun delete(id: String): Workspace? =
        synchronized(created) {
            contents.remove(id)
            created.remove(id)
        }

    /** [delete], unless another workspace has taken the place of [expected], which is null for one that nobody made. */
    fun deleteIfStill(
        id: String,
        expected: Workspace?,
    ) {
        synchronized(created) { if (created[id] === expected) delete(id) }
    }

    private fun checkQuota(user: String?) {
        val count = created.values.count { it.createdBy == user }
        if (count < MOST_OF_ONE_USER) return
        throw HubProblem(
            "RuntimeError",
            "Workspace quota exceeded: user $user already owns $count workspaces (max $MOST_OF_ONE_USER). " +
                "Delete unused workspaces before creating new ones.",
        )
    }

    private fun isOnDemand(
        id: String,
        user: UserInfo,
    ): Boolean = id == Authenticator.PUBLIC || (id.startsWith(UserInfo.OWN_WORKSPACE) && user.permissionFor(id) != null)

    private fun onDemand(id: String): Workspace = Workspace(id, persistent = !isTemporary(id), owners = ownersOf(id))

    private fun ownersOf(id: String): List<String> =
        if (id.startsWith(UserInfo.OWN_WORKSPACE)) listOf(id.removePrefix(UserInfo.OWN_WORKSPACE)) else emptyList()

    private companion object {
        const val MOST_OF_ONE_USER = 100
    }
}
