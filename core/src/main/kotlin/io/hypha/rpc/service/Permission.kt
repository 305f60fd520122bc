package io.hypha.rpc.service

import io.hypha.rpc.call.CallContext
import io.hypha.rpc.call.MANAGER_WORKSPACE

/** Who may call the functions of a service, and get the service itself (protocol §3.6, §7.8). */
internal class Permission(
    private val workspace: String,
    private val managerAddress: () -> String?,
) {
    fun allowsCall(
        service: Service,
        caller: CallContext,
    ): Boolean {
        if (service.config.visibility != Visibility.Protected) return true
        val from = caller.from.substringBefore('/')
        return when (from) {
            workspace -> true
            MANAGER_WORKSPACE -> caller.from == managerAddress()
            else -> from in service.config.authorizedWorkspaces.orEmpty()
        }
    }

    /** A manager that asks for a service does so on behalf of the workspace that the server stamped into the message. */
    fun allowsGet(
        service: Service,
        caller: CallContext,
    ): Boolean =
        service.config.visibility != Visibility.Protected ||
            caller.workspace == workspace ||
            caller.workspace in service.config.authorizedWorkspaces.orEmpty()
}
