package io.hypha.rpc.hub.workspace

import io.hypha.rpc.hub.auth.UserInfo

/** Which names a workspace may be given (protocol §1.9). */
internal object WorkspaceId {
    private val allowed = Regex("[a-z0-9|-]+")
    private val reserved = setOf("*", "public", "ws-anonymous", "ws-user-root")

    /** What is wrong with [id], or null. With [allowAnyName] the hyphen may be missing, which others need. */
    fun problem(
        id: String,
        allowAnyName: Boolean,
    ): String? =
        when {
            id in reserved || id.startsWith(UserInfo.OWN_WORKSPACE) -> {
                "Workspace id is reserved: $id"
            }

            !allowed.matches(id) -> {
                "Invalid workspace id: $id. It may have lower-case letters, digits, - and |"
            }

            '-' !in id && !allowAnyName -> {
                "Invalid workspace id: $id. It must contain at least one hyphen"
            }

            else -> {
                null
            }
        }
}
