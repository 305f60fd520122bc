package io.hypha.rpc.hub.auth

import io.hypha.rpc.call.WorkspacePermission

/**
 * What a token is good for (protocol §9.4).
 *
 * @property workspaces permission for each workspace; the key `*` stands for all of them.
 * @property currentWorkspace the workspace that the token is bound to.
 * @property clientId the only client that may use the token.
 * @property extra scopes that mean nothing to the hub.
 */
internal class Scope(
    val workspaces: Map<String, WorkspacePermission> = emptyMap(),
    val currentWorkspace: String? = null,
    val clientId: String? = null,
    val extra: List<String> = emptyList(),
) {
    init {
        val words = workspaces.keys + listOfNotNull(currentWorkspace, clientId) + extra
        require(words.none { word -> word.any(Char::isWhitespace) }) { "A scope is made of words, and none of them may have a blank in it" }
    }

    /** Scopes such as `file:download`: with one of these, the token is of no use for connecting. */
    val special: List<String> get() = extra.filter { ':' in it }

    /** The permission that the scope gives, without what the user has anyway. */
    fun permissionFor(workspace: String): WorkspacePermission? = WorkspacePermission.strongest(workspaces[workspace], workspaces["*"])

    /** The text form; [parse] reads it. */
    override fun toString(): String {
        val items = workspaces.map { (workspace, permission) -> "$WORKSPACE$workspace#${permission.code}" }.toMutableList()
        if (currentWorkspace != null) items += CURRENT + currentWorkspace
        if (clientId != null) items += CLIENT + clientId
        return (items + extra).joinToString(" ")
    }

    companion object {
        private const val WORKSPACE = "ws:"
        private const val CURRENT = "wid:"
        private const val CLIENT = "cid:"

        /** Reads a scope from its text form; an unknown permission or a second `wid:` or `cid:` is a [TokenProblem]. */
        fun parse(text: String): Scope {
            val items = text.split(' ').filter { it.isNotEmpty() }
            val workspaces = LinkedHashMap<String, WorkspacePermission>()
            for (item in items.filter { it.startsWith(WORKSPACE) }) {
                val workspace = item.removePrefix(WORKSPACE).substringBeforeLast('#')
                val permission = WorkspacePermission.ofCode(item.substringAfterLast('#'))
                if (workspace.isEmpty() || permission == null) throw TokenProblem("Invalid scope in the token")
                workspaces[workspace] = WorkspacePermission.strongest(workspaces[workspace], permission)!!
            }
            return Scope(
                workspaces = workspaces,
                currentWorkspace = single(items, CURRENT),
                clientId = single(items, CLIENT),
                extra = items.filterNot { it.startsWith(WORKSPACE) || it.startsWith(CURRENT) || it.startsWith(CLIENT) },
            )
        }

        private fun single(
            items: List<String>,
            prefix: String,
        ): String? {
            val values = items.filter { it.startsWith(prefix) }.map { it.removePrefix(prefix) }.distinct()
            if (values.size > 1) throw TokenProblem("Invalid scope in the token")
            return values.singleOrNull()
        }
    }
}
