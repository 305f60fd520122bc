package io.hypha.rpc.hub

/**
 * Who has logged in.
 *
 * @property id the user id: up to 128 lower-case letters, digits, `-`, `_` and `|`, beginning with a letter or digit. The user has the
 *   workspace `ws-user-<id>`. It is neither `root` nor like the ids of anonymous users.
 * @property email the mail address, if it is known.
 * @property emailVerified whether the address is known to be the user's own; only then it stands in the token, and makes the user the owner
 *   of workspaces that name their owner by it.
 * @property name the full name to show.
 * @property nickname the short name to show.
 * @property picture the URL of a picture.
 * @throws IllegalArgumentException when the id cannot be.
 */
public class LoginUser
    @JvmOverloads
    constructor(
        public val id: String,
        public val email: String? = null,
        public val emailVerified: Boolean = false,
        public val name: String? = null,
        public val nickname: String? = null,
        public val picture: String? = null,
    ) {
        init {
            require(isId(id)) { "A user id has up to 128 lower-case letters, digits, -, _ and |, and is not reserved" }
        }

        override fun toString(): String = "LoginUser($id)"

        internal companion object {
            private val ids = Regex("[a-z0-9][a-z0-9_|-]{0,127}")

            /** The root user may do everything, and an anonymous one's workspace is nobody else's. */
            internal fun isId(text: String): Boolean = ids.matches(text) && text != "root" && !text.startsWith("anonymouz-")
        }
    }
