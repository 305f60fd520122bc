package io.hypha.rpc.client

/** What can be bookmarked. */
public enum class BookmarkKind(
    internal val wireName: String,
) {
    /** A workspace, by its id. */
    Workspace("workspace"),

    /** A service, by its full id. */
    Service("service"),
}

/**
 * A workspace or service that a user has bookmarked.
 *
 * @property entries everything that the server says.
 */
public class Bookmark internal constructor(
    public val entries: Map<String, Any?>,
) {
    /** What it stands for; null for a kind that this library does not know. */
    public val kind: BookmarkKind? get() = BookmarkKind.entries.find { it.wireName == entries["bookmark_type"] }

    /** The id of the workspace, or the full id of the service. */
    public val id: String get() = entries.text("id") ?: ""

    /** The name to show. */
    public val name: String? get() = entries.text("name")

    /** What it is for. */
    public val description: String? get() = entries.text("description")

    override fun toString(): String = "Bookmark($id)"
}
