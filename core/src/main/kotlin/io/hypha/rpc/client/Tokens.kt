package io.hypha.rpc.client

import io.hypha.rpc.call.UserInfo

/**
 * Makes a token with which others can connect (protocol §9.4). It stands for a new user, whose `parent` is the user of this connection.
 *
 * ```
 * val token = server.generateToken {
 *     permission = WorkspacePermission.Read
 *     expiresIn = 1.days
 * }
 * ```
 *
 * @throws io.hypha.rpc.PermissionDeniedException unless this client has [Admin][io.hypha.rpc.call.WorkspacePermission.Admin] permission in
 * the workspace, or its user owns it.
 * @throws IllegalArgumentException when an option is not valid.
 */
public suspend fun HyphaConnection.generateToken(configure: TokenOptions.() -> Unit = {}): String {
    val config = TokenOptions().apply(configure).toMap()
    return if (config.isEmpty()) manager.call("generate_token") else manager.call("generate_token", config)
}

/**
 * The user that [token] stands for, as the server vouches for it.
 *
 * @throws io.hypha.rpc.RemoteException when the token is not valid, or not valid any more.
 */
public suspend fun HyphaConnection.parseToken(token: String): UserInfo = UserInfo(manager.call<Map<String, Any?>>("parse_token", token))

/**
 * Makes [token] invalid: nobody can connect with it from now on. Who is connected stays.
 *
 * @throws io.hypha.rpc.RemoteException when the token is not valid, or has ended already.
 * @throws io.hypha.rpc.PermissionDeniedException unless this client has [Admin][io.hypha.rpc.call.WorkspacePermission.Admin] permission.
 */
public suspend fun HyphaConnection.revokeToken(token: String) {
    manager.call<Any?>("revoke_token", token)
}
