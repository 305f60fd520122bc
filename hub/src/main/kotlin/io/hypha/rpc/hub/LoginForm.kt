package io.hypha.rpc.hub

/**
 * What a person typed into the login page.
 *
 * @property user the user name, without blanks around it.
 * @property password the password; empty when the page asks for none.
 */
public class LoginForm(
    public val user: String,
    public val password: String,
) {
    /** Names neither. */
    override fun toString(): String = "LoginForm"
}
