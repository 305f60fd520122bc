package io.hypha.rpc.hub.workspace

import io.hypha.rpc.hub.auth.UserInfo

/** Which names a workspace may be given (protocol §1.9). */
internal object WorkspaceId {
    private val allowed = Regex("[a-z0-9|-]+")
    private const val LONGEST = 256
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

            id.isEmpty() -> {
                "Workspace name must not be empty."
            }

            id.length > LONGEST -> {
                "Workspace name must not be longer than $LONGEST characters."
            }

            '-' !in id && !allowAnyName -> {
                "Workspace name must contain at least one hyphen (e.g. my-workspace), which $id does not."
            }

            !allowed.matches(id) -> {
                "Invalid workspace name: $id, only lowercase letters, numbers and hyphens are allowed."
            }

            else -> {
                null
            }
        }
}
