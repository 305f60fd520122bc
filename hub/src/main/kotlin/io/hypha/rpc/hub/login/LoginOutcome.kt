package io.hypha.rpc.hub.login

/**
 * What a login led to (protocol §9.5).
 *
 * @property token what the program gets.
 * @property lifetime seconds for which the token is good.
 * @property userId the user of the token, as the hub vouches for it.
 */
internal class LoginOutcome(
    val token: String,
    private val workspace: String?,
    private val lifetime: Long,
    private val userId: String,
    private val person: LoginPerson,
) {
    /** The wire form of the whole profile. */
    fun toMap(): Map<String, Any?> =
        linkedMapOf(
            "token" to token,
            "workspace" to workspace,
            "expires_in" to lifetime,
            "email" to person.email,
            "email_verified" to person.emailVerified,
            "name" to person.name,
            "nickname" to person.nickname,
            "user_id" to userId,
            "picture" to person.picture,
        )

    /** Does not name the token. */
    override fun toString(): String = "LoginOutcome($userId)"
}

/** What a login says of the person beside the user id. */
internal class LoginPerson(
    val email: String? = null,
    val emailVerified: Boolean = false,
    val name: String? = null,
    val nickname: String? = null,
    val picture: String? = null,
)
