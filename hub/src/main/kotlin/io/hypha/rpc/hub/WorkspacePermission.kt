package io.hypha.rpc.hub

import io.hypha.rpc.hub.auth.Permission

/** What the bearer of a token may do in its workspace; each level includes those before it. */
public enum class WorkspacePermission(
    internal val permission: Permission,
) {
    /** Find and call services. */
    READ(Permission.READ),

    /** Register services and broadcast events as well. */
    READ_WRITE(Permission.READ_WRITE),

    /** Issue and revoke tokens as well. */
    ADMIN(Permission.ADMIN),
}
