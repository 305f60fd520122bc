package io.hypha.rpc.hub.service

import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.auth.requireValue

/** The `config` of a registered service (protocol §7.2). */
internal object ServiceConfig {
    private val visibilities = setOf(ServiceEntry.PUBLIC, ServiceEntry.PROTECTED, ServiceEntry.UNLISTED)

    /** [given] with the values that the hub sets and the defaults; other keys stay as they are. */
    fun complete(
        given: Any?,
        id: ServiceId,
        user: UserInfo,
    ): Map<String, Any?> {
        requireValue(given == null || given is Map<*, *>) { "The config of a service must be a map" }
        val config = LinkedHashMap<String, Any?>()
        (given as Map<*, *>?)?.forEach { (key, value) -> config[key as String] = value }
        val visibility = config["visibility"] ?: ServiceEntry.PROTECTED
        requireValue(visibility in visibilities) { "Invalid visibility: $visibility. It must be one of $visibilities" }
        config["visibility"] = visibility
        config["workspace"] = id.workspace
        // Who calls a built-in service needs to know whose client it is; for others the id is enough.
        config["created_by"] = if (id.service == ServiceEntry.BUILT_IN) user.toMap() else mapOf("id" to user.id)
        config.putIfAbsent("require_context", false)
        config.putIfAbsent("flags", emptyList<Any?>())
        config.putIfAbsent("singleton", false)
        config.putIfAbsent("service_embedding", null)
        checkAuthorized(config.getOrPut("authorized_workspaces") { null }, visibility)
        return config
    }

    private fun checkAuthorized(
        authorized: Any?,
        visibility: Any,
    ) {
        if (authorized == null) return
        requireValue(visibility == ServiceEntry.PROTECTED) { "authorized_workspaces can only be set for protected services" }
        requireValue(authorized is List<*> && authorized.all { it is String }) {
            "authorized_workspaces must be a list of workspace ids"
        }
    }
}
