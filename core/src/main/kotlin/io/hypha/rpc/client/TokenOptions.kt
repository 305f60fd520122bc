package io.hypha.rpc.client

import io.hypha.rpc.call.WorkspacePermission
import kotlin.time.Duration

/** What a new token is to be good for. What is not set is left to the server (protocol §9.4). */
public class TokenOptions internal constructor() {
    /** The only workspace that the token opens; that of the connection by default. */
    public var workspace: String? = null

    /** What its bearer may do there; [WorkspacePermission.ReadWrite] by default. */
    public var permission: WorkspacePermission? = null

    /** How long it can be used to connect, in whole seconds; an hour by default. */
    public var expiresIn: Duration? = null

    /** The only client id that it is good for; any by default. */
    public var clientId: String? = null

    /** Scopes that mean something to services. With one that holds a `:` the token opens no connection. */
    public var extraScopes: List<String> = emptyList()

    /** The mail address of its bearer; that of the user who makes it by default. */
    public var email: String? = null

    /** Without the keys that are not set: the server takes nil for a value (protocol §8.1). */
    internal fun toMap(): Map<String, Any?> {
        val life = expiresIn
        require(life == null || (life.isFinite() && life.inWholeSeconds >= 1)) { "a token lives for a second or more, not $life" }
        return buildMap {
            workspace?.let { put("workspace", it) }
            permission?.let { put("permission", it.word) }
            life?.let { put("expires_in", it.inWholeSeconds) }
            clientId?.let { put("client_id", it) }
            if (extraScopes.isNotEmpty()) put("extra_scopes", extraScopes)
            email?.let { put("email", it) }
        }
    }

    /** Names the workspace. */
    override fun toString(): String = "TokenOptions(workspace=$workspace)"
}
