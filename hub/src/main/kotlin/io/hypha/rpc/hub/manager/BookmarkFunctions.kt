package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.CallScope
import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.auth.requirePermitted
import io.hypha.rpc.hub.service.PlainTree
import io.hypha.rpc.hub.workspace.Workspace
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument

/** `bookmark` and `unbookmark` (protocol §8.1). Bookmarks stand in the `config` of the user's own workspace. */
internal fun ServiceBuilder.bookmarkFunctions(
    room: ManagerRoom,
    lookup: Lookup,
) {
    managed("bookmark", "Marks a workspace or a service for the user", typedParam<Map<String, Any?>>("item")) { call ->
        val item = call.argument<Map<String, Any?>>("item")
        val id = idOf(item)
        room.bookmark(
            room.caller(this).user,
            when (typeOf(item)) {
                WORKSPACE -> room.workspaceMark(this, id)
                else -> serviceMark(lookup.info(room.caller(this), id, emptyMap()))
            },
        )
        null
    }
    managed("unbookmark", "Takes back what bookmark did", typedParam<Map<String, Any?>>("item")) { call ->
        val item = call.argument<Map<String, Any?>>("item")
        typeOf(item)
        room.unbookmark(room.caller(this).user, idOf(item))
        null
    }
}

/** Keeps a bookmark for [user], who must be somebody that comes back. */
internal fun ManagerRoom.bookmark(
    user: UserInfo,
    mark: Map<String, Any?>,
) {
    requirePermitted(user.parent == null) { "The user of a generated token has no bookmarks" }
    requirePermitted(hasBookmarks(user)) { "Bookmarks are kept in the user's own workspace, and the token is for another one" }
    workspaces.contentsOf(user.ownWorkspace).bookmarks.put(mark)
    notices.changed(workspaces.ownOf(user))
}

/** Forgets a bookmark of [user], if there is one. */
internal fun ManagerRoom.unbookmark(
    user: UserInfo,
    id: String,
) {
    if (!hasBookmarks(user)) return
    val contents = workspaces.contentsIn(user.ownWorkspace) ?: return
    contents.bookmarks.remove(id)
    notices.changed(workspaces.ownOf(user))
}

/** Every generated token stands for a new user, whose own workspace nobody ever visits; and others may be for one workspace only. */
internal fun hasBookmarks(user: UserInfo): Boolean = user.parent == null && !user.isKeptOutOf(user.ownWorkspace)

/** The bookmark for a workspace. */
internal fun bookmarkOf(workspace: Workspace): Map<String, Any?> =
    mapOf("bookmark_type" to WORKSPACE, "id" to workspace.id, "name" to workspace.name, "description" to workspace.description)

private fun ManagerRoom.workspaceMark(
    scope: CallScope,
    id: String,
): Map<String, Any?> = bookmarkOf(workspace(caller(scope, WorkspacePermission.Read, id), id))

private fun serviceMark(info: Map<String, Any?>): Map<String, Any?> =
    PlainTree.ofMap(
        mapOf("bookmark_type" to SERVICE) + info.filterKeys { it in setOf("id", "name", "description", "config") },
        "What is kept of a service as a bookmark",
        LARGEST,
    )

private fun typeOf(item: Map<String, Any?>): String =
    when (val type = item["bookmark_type"] ?: throw HubProblem("ValueError", "Bookmark type must be provided.")) {
        WORKSPACE, SERVICE -> type as String
        else -> throw HubProblem("ValueError", "Invalid bookmark type: $type")
    }

private fun idOf(item: Map<String, Any?>): String = item["id"] as? String ?: throw HubProblem("ValueError", "A bookmark must have an id")

private const val LARGEST = 16 shl 10
private const val WORKSPACE = "workspace"
private const val SERVICE = "service"
