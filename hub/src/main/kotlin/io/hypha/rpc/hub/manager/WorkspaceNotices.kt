package io.hypha.rpc.hub.manager

import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.route.Router
import io.hypha.rpc.hub.route.SystemEvents
import io.hypha.rpc.hub.workspace.Workspace
import io.hypha.rpc.hub.workspace.Workspaces

/** Tells who asked for it what becomes of workspaces (protocol §10.3). */
internal class WorkspaceNotices(
    private val router: Router,
    private val workspaces: Workspaces,
) {
    /** Something that belongs to [workspace] is another than before. */
    fun changed(workspace: Workspace) {
        router.announce(workspace.id, SystemEvents.WORKSPACE_CHANGED, workspaces.infoOf(workspace))
    }

    /** [user] made [workspace]. */
    fun created(
        workspace: Workspace,
        user: UserInfo,
    ) {
        val info = workspaces.infoOf(workspace)
        router.announce(user.ownWorkspace, SystemEvents.WORKSPACE_LOADED, info)
        // Somebody is in it already when it took the place of another one.
        router.announce(workspace.id, SystemEvents.WORKSPACE_STATUS_CHANGED, mapOf("workspace" to workspace.id, "status" to "ready"))
        if (workspace.persistent) router.announce(workspace.id, SystemEvents.WORKSPACE_READY, info)
    }

    /** [user] deleted [workspace]. Who is still in it hears that it is unloaded. */
    fun deleted(
        workspace: Workspace,
        user: UserInfo,
    ) {
        val info = workspaces.infoOf(workspace)
        router.announce(user.ownWorkspace, SystemEvents.WORKSPACE_DELETED, info)
        router.announce(workspace.id, SystemEvents.WORKSPACE_UNLOADED, info)
    }
}
