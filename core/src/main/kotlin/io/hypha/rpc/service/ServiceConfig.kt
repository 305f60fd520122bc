package io.hypha.rpc.service

/** The `config` of a service (protocol §7.2). */
internal class ServiceConfig(
    val visibility: Visibility,
    val contextRule: ContextRule,
    val authorizedWorkspaces: List<String>?,
    val extra: Map<String, Any?> = emptyMap(),
    val borrower: Borrower? = null,
) {
    fun toWire(workspace: String): Map<String, Any?> {
        val entries = linkedMapOf<String, Any?>()
        entries["visibility"] = visibility.wireName
        entries["require_context"] = contextRule.wireValue
        authorizedWorkspaces?.let { entries["authorized_workspaces"] = it }
        entries.putAll(extra)
        borrower?.let {
            entries["_local_only"] = true
            entries["_rintf_allowed_caller"] = it.address
        }
        entries["workspace"] = workspace
        return entries
    }
}
