package io.hypha.rpc.client

import io.hypha.rpc.call.WorkspacePermission

/**
 * Whether a workspace can be used (protocol §8.1).
 *
 * @property entries everything that the server says.
 */
public class WorkspaceStatus internal constructor(
    public val entries: Map<String, Any?>,
) {
    /** In the words of the wire: `ready`, `loading`, `error` or `not_found`. */
    public val status: String get() = entries.text("status") ?: ""

    /** Whether it can be used now. */
    public val isReady: Boolean get() = status == "ready"

    /** What is wrong, when it cannot be used. */
    public val error: String? get() = entries.text("error")

    /** What went wrong in parts of a workspace that can be used, by the name of the part. */
    public val errors: Map<String, Any?> get() = entries.map("errors")

    /** What the user of this client may do there; null for nothing. */
    public val userPermission: WorkspacePermission? get() = entries.text("user_permission")?.let(WorkspacePermission::ofCode)

    override fun toString(): String = "WorkspaceStatus($status)"
}
