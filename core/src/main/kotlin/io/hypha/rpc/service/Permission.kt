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
    ): Boolean =
        isForAnybody(service) || isLentTo(service, caller) ||
            (!isLentToOneOnly(service) && allowsWorkspace(service, caller, caller.from.substringBefore('/')))

    private fun allowsWorkspace(
        service: Service,
        caller: CallContext,
        from: String,
    ): Boolean =
        when (from) {
            workspace -> true
            MANAGER_WORKSPACE -> caller.from == managerAddress()
            else -> from in service.config.authorizedWorkspaces.orEmpty()
        }

    /** A manager that asks for a service does so on behalf of the workspace that the server stamped into the message. */
    fun allowsGet(
        service: Service,
        caller: CallContext,
    ): Boolean =
        isForAnybody(service) || isLentTo(service, caller) ||
            (!isLentToOneOnly(service) && (caller.workspace == workspace || isAuthorized(service, caller.workspace)))

    /** Why [caller] may not call the function at [path]; programs match on this text. */
    fun refusalOfCall(
        service: Service,
        path: String,
        caller: CallContext,
    ): String {
        val borrower = service.config.borrower
        return if (borrower == null) {
            val from = caller.from.substringBefore('/')
            "Permission denied for invoking protected method ${caller.from}:$path, workspace mismatch: $workspace != $from"
        } else {
            "Permission denied for _rintf callback ${caller.from}:$path, caller ${caller.from} is not the allowed caller ${borrower.address}"
        }
    }

    /** Why [caller] may not have [service]. */
    fun refusalOfGet(
        service: Service,
        caller: CallContext,
    ): String {
        val borrower = service.config.borrower
        val reason =
            if (borrower == null) {
                "workspace mismatch: $workspace != ${caller.workspace}"
            } else {
                "caller ${caller.from} is not the allowed caller ${borrower.address}"
            }
        return "Permission denied for getting protected service: ${service.id}, $reason"
    }

    private fun isForAnybody(service: Service) = service.config.visibility != Visibility.Protected

    private fun isAuthorized(
        service: Service,
        workspace: String,
    ) = workspace in service.config.authorizedWorkspaces.orEmpty()

    private fun isLentTo(
        service: Service,
        caller: CallContext,
    ) = service.config.borrower?.address == caller.from

    private fun isLentToOneOnly(service: Service) = service.config.borrower?.isOnly == true
}
