package io.hypha.rpc.service

/** The `config` of a service (protocol §7.2). */
internal class ServiceConfig(
    val visibility: Visibility,
    val requireContext: Boolean,
    val authorizedWorkspaces: List<String>?,
    val extra: Map<String, Any?> = emptyMap(),
) {
    fun toWire(workspace: String): Map<String, Any?> {
        val entries = linkedMapOf<String, Any?>()
        entries["visibility"] = visibility.wireName
        entries["require_context"] = requireContext
        authorizedWorkspaces?.let { entries["authorized_workspaces"] = it }
        entries.putAll(extra)
        entries["workspace"] = workspace
        return entries
    }
}
