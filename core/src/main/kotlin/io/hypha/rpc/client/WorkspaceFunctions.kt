package io.hypha.rpc.client

import io.hypha.rpc.HyphaException
import io.hypha.rpc.service.textKeys

private const val LONGEST_LIST = 256

/**
 * Makes a workspace, which the user then owns. Only users with a token can.
 *
 * @param id lower-case letters, digits and hyphens, with at least one hyphen.
 * @throws HyphaException when the id is taken or not allowed, or the user may not.
 */
public suspend fun WorkspaceManager.createWorkspace(
    id: String,
    build: WorkspaceBuilder.() -> Unit = {},
): WorkspaceInfo {
    require(id.isNotBlank()) { "a workspace needs an id" }
    val builder = WorkspaceBuilder(id).apply(build)
    val config = builder.toMap()
    val info = if (builder.overwrite) call<Any?>("create_workspace", config, true) else call<Any?>("create_workspace", config)
    return WorkspaceInfo(textKeys(info))
}

/**
 * The workspaces that the user may join, without their settings.
 *
 * @param match entries that a workspace must have to be listed, such as `"persistent" to true`.
 * @param offset how many to leave out at the start.
 * @param limit how many to list at most, 1 to 256.
 */
public suspend fun WorkspaceManager.listWorkspaces(
    match: Map<String, Any?> = emptyMap(),
    offset: Int = 0,
    limit: Int = LONGEST_LIST,
): List<WorkspaceInfo> {
    require(offset >= 0) { "offset must not be negative, but is $offset" }
    require(limit in 1..LONGEST_LIST) { "limit must be 1 to $LONGEST_LIST, not $limit" }
    val kwargs =
        buildMap {
            if (match.isNotEmpty()) put("match", match)
            if (offset != 0) put("offset", offset)
            if (limit != LONGEST_LIST) put("limit", limit)
        }
    return call<List<Any?>>("list_workspaces", kwargs = kwargs).map { WorkspaceInfo(textKeys(it)) }
}

/**
 * Describes a workspace.
 *
 * @param workspace its id; null for the one of this client.
 * @throws HyphaException when there is none, or this client may not read it.
 */
public suspend fun WorkspaceManager.getWorkspaceInfo(workspace: String? = null): WorkspaceInfo =
    WorkspaceInfo(textKeys(call<Any?>("get_workspace_info", kwargs = given("workspace" to workspace))))

/**
 * Removes a workspace and everything in it. Only its owners and administrators can.
 *
 * @throws HyphaException when there is none, or the user may not.
 */
public suspend fun WorkspaceManager.deleteWorkspace(id: String) {
    require(id.isNotBlank()) { "give the id of the workspace that is to be deleted" }
    call<Any?>("delete_workspace", id)
}

/**
 * Remembers a workspace or service for the user, in the [WorkspaceInfo.bookmarks] of the user's own workspace.
 *
 * @param id the id of the workspace, or the full id of the service.
 */
public suspend fun WorkspaceManager.bookmark(
    kind: BookmarkKind,
    id: String,
) {
    call<Any?>("bookmark", mapOf("bookmark_type" to kind.wireName, "id" to id))
}

/** Forgets what [bookmark] remembered; one that is not there changes nothing. */
public suspend fun WorkspaceManager.unbookmark(
    kind: BookmarkKind,
    id: String,
) {
    call<Any?>("unbookmark", mapOf("bookmark_type" to kind.wireName, "id" to id))
}

/** Sums up the workspace of this client. */
public suspend fun WorkspaceManager.getSummary(): WorkspaceSummary = WorkspaceSummary(textKeys(call<Any?>("get_summary")))

/** Asks whether the workspace of this client is ready. */
public suspend fun WorkspaceManager.checkStatus(): WorkspaceStatus = WorkspaceStatus(textKeys(call<Any?>("check_status")))

/** Keyword arguments without those that were not given: for a server nil is not the same as nothing (protocol §15.1, Q19). */
internal fun given(vararg arguments: Pair<String, Any?>): Map<String, Any?> = arguments.filter { it.second != null }.toMap()
