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

    /** What the user may do: the `scope` map of protocol §9.2. */
    public val scope: Map<String, Any?>
        get() = (entries["scope"] as? Map<*, *>).orEmpty().entries.associate { (key, value) -> key.toString() to value }

    override fun toString(): String = "UserInfo(id=$id)"
}
