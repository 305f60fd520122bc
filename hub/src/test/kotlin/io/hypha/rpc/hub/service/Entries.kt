package io.hypha.rpc.hub.service

import io.hypha.rpc.hub.auth.UserInfo

/** The entry of a service of the client `workspace/client`, for tests. */
internal fun entry(
    fullId: String,
    visibility: String = "protected",
    type: String = "generic",
    app: String = "*",
    config: Map<String, Any?> = emptyMap(),
): ServiceEntry {
    val workspace = fullId.substringBefore('/')
    val client = fullId.substringAfter('/').substringBefore(':')
    val info = mapOf("id" to fullId, "type" to type, "app_id" to app, "config" to config + ("visibility" to visibility))
    return ServiceEntry.of(info, workspace, client, UserInfo("u"))
}
