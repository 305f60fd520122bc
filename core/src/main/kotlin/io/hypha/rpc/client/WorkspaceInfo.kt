package io.hypha.rpc.client

import io.hypha.rpc.service.textKeys

/**
 * What a server knows of a workspace (protocol §8.1). Lists of workspaces leave some of it out.
 *
 * @property entries everything that the server says.
 */
public class WorkspaceInfo internal constructor(
    public val entries: Map<String, Any?>,
) {
    /** The id. */
    public val id: String get() = entries.text("id") ?: ""

    /** The name to show; the id when there is none. */
    public val name: String get() = entries.text("name") ?: id

    /** What it is for. */
    public val description: String? get() = entries.text("description")

    /** Whether it outlives its last client. */
    public val isPersistent: Boolean get() = entries.flag("persistent")

    /** Whether nothing in it can be changed. */
    public val isReadOnly: Boolean get() = entries.flag("read_only")

    /** The ids or mail addresses of the users who may do everything there. */
    public val owners: List<String> get() = entries.texts("owners")

    /** Settings of the workspace. */
    public val config: Map<String, Any?> get() = entries.map("config")

    /** What the user of this workspace has bookmarked. */
    public val bookmarks: List<Bookmark>
        get() = (config["bookmarks"] as? List<*>).orEmpty().filterIsInstance<Map<*, *>>().map { Bookmark(textKeys(it)) }

    /** Whether it can be used; null when the server did not say. */
    public val isReady: Boolean? get() = entries.map("status")["ready"] as? Boolean

    override fun toString(): String = "WorkspaceInfo($id)"
}
