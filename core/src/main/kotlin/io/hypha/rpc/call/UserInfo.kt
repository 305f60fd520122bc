package io.hypha.rpc.call

/**
 * The user behind a connection, as the server vouches for it (protocol §9.2).
 *
 * @property entries everything that the server says of the user.
 */
public class UserInfo(
    public val entries: Map<String, Any?>,
) {
    /** The user's id; empty when the server did not say. */
    public val id: String get() = entries["id"] as? String ?: ""

    /** The user's mail address, if it is known. */
    public val email: String? get() = entries["email"] as? String

    /** True for a user who came without a token. */
    public val isAnonymous: Boolean get() = entries["is_anonymous"] as? Boolean ?: false

    /** The user's roles, such as `admin`. */
    public val roles: List<String> get() = (entries["roles"] as? List<*>).orEmpty().filterIsInstance<String>()

    /** What the user may do, and where. */
    public val scope: UserScope
        get() = UserScope((entries["scope"] as? Map<*, *>).orEmpty().entries.associate { (key, value) -> key.toString() to value })

    /** The user who made the token of this one; null for a user who came by itself. */
    public val parent: String? get() = entries["parent"] as? String

    /** When the user's token expires, in seconds since 1970-01-01T00:00Z; null when it does not, or the server did not say. */
    public val expiresAt: Long? get() = (entries["expires_at"] as? Number)?.toLong()

    override fun toString(): String = "UserInfo(id=$id)"
}
