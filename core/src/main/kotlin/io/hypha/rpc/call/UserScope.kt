package io.hypha.rpc.call

/**
 * What a user may do, and where (protocol §9.2).
 *
 * @property entries everything that the server says of it.
 */
public class UserScope(
    public val entries: Map<String, Any?>,
) {
    /** The workspace that the user's token is bound to, if it is. */
    public val currentWorkspace: String? get() = entries["current_workspace"] as? String

    /** The permission in each workspace that the token names; the key `*` stands for all of them. */
    public val workspaces: Map<String, WorkspacePermission>
        get() =
            buildMap {
                for ((workspace, code) in this@UserScope.entries["workspaces"] as? Map<*, *> ?: emptyMap<Any?, Any?>()) {
                    val permission = WorkspacePermission.ofCode(code.toString()) ?: continue
                    put(workspace.toString(), permission)
                }
            }

    /** The only client id that the token is good for; null for any. */
    public val clientId: String? get() = entries["client_id"] as? String

    /** Scopes that mean something to services only. */
    public val extraScopes: List<String> get() = (entries["extra_scopes"] as? List<*>).orEmpty().filterIsInstance<String>()

    /** The permission that the token gives in [workspace], without what the user has there anyway; null for none. */
    public fun permissionIn(workspace: String): WorkspacePermission? =
        workspaces.let { WorkspacePermission.strongest(it[workspace], it["*"]) }

    override fun toString(): String = "UserScope(${workspaces.keys.joinToString()})"
}
