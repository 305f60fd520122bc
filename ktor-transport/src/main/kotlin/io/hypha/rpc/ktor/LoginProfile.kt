package io.hypha.rpc.ktor

import io.hypha.rpc.ProtocolException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * Who has logged in, and the token (protocol §9.5). What the server does not know is null.
 *
 * @property token the token to connect with.
 * @property entries everything that the server said. It holds the token: do not log it.
 */
public class LoginProfile internal constructor(
    public val token: String,
    public val entries: Map<String, Any?>,
) {
    /** The workspace that the token is for; null for a token of the user. */
    public val workspace: String? get() = text("workspace")

    /** How long the token is good for. */
    public val expiresIn: Duration? get() = (entries["expires_in"] as? Number)?.toDouble()?.takeIf { !it.isNaN() }?.seconds

    /** [expiresIn] in whole seconds, for Java. */
    public val expiresInSeconds: Long? get() = expiresIn?.inWholeSeconds

    /** The mail address. */
    public val email: String? get() = text("email")

    /** Whether the server vouches for [email]. */
    public val emailVerified: Boolean get() = entries["email_verified"] as? Boolean ?: false

    /** The full name. */
    public val name: String? get() = text("name")

    /** The short name. */
    public val nickname: String? get() = text("nickname")

    /** The id of the user. */
    public val userId: String? get() = text("user_id")

    /** The URL of a picture. */
    public val picture: String? get() = text("picture")

    private fun text(name: String): String? = entries[name] as? String

    /** Names the user; never the token. */
    override fun toString(): String = "LoginProfile(userId=$userId, workspace=$workspace)"

    internal companion object {
        /** The answer to `check`: a map, or the bare token of a service that knows no profiles. */
        internal fun of(answer: Any?): LoginProfile {
            if (answer is String) return LoginProfile(answer, mapOf("token" to answer))
            val entries = (answer as? Map<*, *>).orEmpty().entries.associate { (key, value) -> key.toString() to value }
            val token = entries["token"] as? String ?: throw ProtocolException("the login service's answer to check holds no token")
            return LoginProfile(token, entries)
        }
    }
}
