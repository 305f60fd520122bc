package io.hypha.rpc.hub.auth

/**
 * What a user may do in a workspace (protocol §9.2); each level includes those before it.
 *
 * @property code how scopes and user maps write it.
 * @property word how `generate_token` writes it.
 */
internal enum class Permission(
    val code: String,
    val word: String,
) {
    READ("r", "read"),
    READ_WRITE("rw", "read_write"),
    ADMIN("a", "admin"),
    ;

    /** Whether this level is enough for what needs [needed]. */
    fun allows(needed: Permission): Boolean = this >= needed

    companion object {
        fun ofCode(code: String): Permission? = entries.find { it.code == code }

        fun ofWord(word: String): Permission? = entries.find { it.word == word }
    }
}

/** The stronger of two permissions, where null is none at all. */
internal fun strongest(
    one: Permission?,
    other: Permission?,
): Permission? = if (one == null || (other != null && other > one)) other else one
