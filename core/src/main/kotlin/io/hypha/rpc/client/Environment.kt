package io.hypha.rpc.client

import io.hypha.rpc.service.textKeys

/**
 * Sets a variable that every client of the workspace with the right to write can read.
 *
 * @param value the new value; null to remove the variable.
 */
public suspend fun WorkspaceManager.setEnv(
    key: String,
    value: String?,
) {
    require(key.isNotBlank()) { "a variable needs a name" }
    call<Any?>("set_env", key, value)
}

/**
 * The value of a variable of the workspace.
 *
 * @throws io.hypha.rpc.RemoteException when there is none of that name; its `remoteType` is `KeyError`.
 */
public suspend fun WorkspaceManager.getEnv(key: String): String {
    require(key.isNotBlank()) { "give the name of the variable" }
    return call<Any?>("get_env", key).toString()
}

/** All variables of the workspace. */
public suspend fun WorkspaceManager.getEnv(): Map<String, String> = textKeys(call<Any?>("get_env")).mapValues { it.value.toString() }
