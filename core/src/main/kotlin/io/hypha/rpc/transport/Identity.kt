package io.hypha.rpc.transport

/**
 * Who wants to connect: what the first frame of a connection says (protocol §1.2).
 *
 * @property clientId the id of this client within its workspace: letters, digits, `_` and `-`.
 * @property workspace the workspace to join, or null to let the server choose.
 * @property token the token to authenticate with, or null for an anonymous user.
 * @property reconnectionToken the token of an earlier connection of the same client; it wins over [token].
 */
public class Identity(
    public val clientId: String,
    public val workspace: String? = null,
    public val token: String? = null,
    public val reconnectionToken: String? = null,
) {
    /** Names the client and the workspace; never a token. */
    override fun toString(): String = "Identity(clientId=$clientId, workspace=$workspace)"
}
