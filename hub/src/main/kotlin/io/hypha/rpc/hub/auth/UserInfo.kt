package io.hypha.rpc.hub.auth

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.PlainValues

/**
 * A user as every receiver of its messages sees it (protocol §9.2).
 *
 * @property id the user id; the user owns the workspace `ws-user-<id>`.
 * @property roles `admin` may do everything everywhere, `anonymous` came without a token.
 * @property scope what the user was let in with.
 * @property email known for users who logged in.
 * @property parent the real user behind a generated token.
 * @property expiresAt epoch seconds at which the token ends.
 * @property credential which token the user first came with, also after reconnections; for the hub only.
 * @property isConfined whether the user came with a token for one workspace only, which is the current one of [scope]; for the hub only.
 */
internal class UserInfo(
    val id: String,
    val roles: List<String> = emptyList(),
    val scope: Scope = Scope(),
    val email: String? = null,
    val parent: String? = null,
    val expiresAt: Long? = null,
    val credential: String? = null,
    val isConfined: Boolean = false,
) {
    val isAnonymous: Boolean get() = ANONYMOUS in roles
    val ownWorkspace: String get() = OWN_WORKSPACE + id

    /** What the user may do in a workspace, apart from owning it by name. */
    fun permissionFor(workspace: String): WorkspacePermission? =
        if (ADMIN in roles || (workspace == ownWorkspace && !isKeptOutOf(workspace))) {
            WorkspacePermission.Admin
        } else {
            scope.permissionFor(workspace)
        }

    /**
     * Whether it does not count in [workspace] who the user is, but only what stands in the scope: the token was given to a program for
     * another workspace. The user of a generated token has nothing but what it made itself.
     */
    fun isKeptOutOf(workspace: String): Boolean = isConfined && parent == null && workspace != scope.currentWorkspace

    /** The same user with another scope. */
    fun withScope(scope: Scope): UserInfo = UserInfo(id, roles, scope, email, parent, expiresAt, credential, isConfined)

    /** The wire form as a map. */
    fun toMap(): Map<String, Any?> =
        linkedMapOf(
            "id" to id,
            "roles" to roles,
            "is_anonymous" to isAnonymous,
            "scope" to
                linkedMapOf(
                    "current_workspace" to scope.currentWorkspace,
                    "workspaces" to scope.workspaces.mapValues { it.value.code },
                    "client_id" to scope.clientId,
                    "extra_scopes" to scope.extra.ifEmpty { null },
                ),
            "email" to email,
            "parent" to parent,
            "expires_at" to expiresAt,
            "current_workspace" to scope.currentWorkspace,
        )

    /** The wire form, encoded. */
    fun encoded(): Bytes {
        val writer = MsgPackWriter()
        PlainValues.write(writer, toMap())
        return writer.finish().toBytes()
    }

    companion object {
        const val ADMIN = "admin"
        const val ANONYMOUS = "anonymous"
        const val OWN_WORKSPACE = "ws-user-"

        /** The user behind the workspace manager and the server's root token. */
        val Root: UserInfo =
            UserInfo("root", listOf(ADMIN), Scope(workspaces = mapOf("*" to WorkspacePermission.Admin), currentWorkspace = "*"))
    }
}
