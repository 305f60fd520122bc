package io.hypha.rpc.hub.auth

/**
 * Who connects, and where to.
 *
 * @property user with the scope of its credentials.
 * @property workspace the workspace to join, which may not exist.
 */
internal class Identity(
    val user: UserInfo,
    val workspace: String,
)
