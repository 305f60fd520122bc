package io.hypha.rpc.client

/**
 * What a cleanup of a workspace removed (protocol §8.1).
 *
 * @property entries everything that the server says.
 */
public class WorkspaceCleanup internal constructor(
    public val entries: Map<String, Any?>,
) {
    /** The clients that did not answer, as `workspace/client`. */
    public val removedClients: List<String> get() = entries.texts("removed_clients")

    /** The workspace itself, when nobody was in it and it need not be kept; null otherwise. */
    public val removedWorkspace: String? get() = entries.text("removed_workspace")

    override fun toString(): String = "WorkspaceCleanup($removedClients)"
}
