package io.hypha.rpc.call

import kotlin.jvm.JvmStatic

/**
 * What a user may do in a workspace (protocol §9.2); each level includes those before it.
 *
 * @property code how scopes and user maps write it.
 * @property word how the workspace manager's functions write it.
 */
public enum class WorkspacePermission(
    public val code: String,
    public val word: String,
) {
    /** Find and call services. */
    Read("r", "read"),

    /** Register services and broadcast events as well. */
    ReadWrite("rw", "read_write"),

    /** Issue and revoke tokens, and remove clients, as well. */
    Admin("a", "admin"),
    ;

    /** Whether this level is enough for what needs [needed]. */
    public fun allows(needed: WorkspacePermission): Boolean = this >= needed

    /** Reads the forms of the wire. */
    public companion object {
        /** The level that scopes write as [code]; null when there is none. */
        @JvmStatic
        public fun ofCode(code: String): WorkspacePermission? = entries.find { it.code == code }

        /** The level that the manager's functions write as [word]; null when there is none. */
        @JvmStatic
        public fun ofWord(word: String): WorkspacePermission? = entries.find { it.word == word }

        /** The stronger of two levels, where null is none at all. */
        @JvmStatic
        public fun strongest(
            one: WorkspacePermission?,
            other: WorkspacePermission?,
        ): WorkspacePermission? = if (one == null || (other != null && other > one)) other else one
    }
}
