package io.hypha.rpc.hub.manager

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.call.typedParam
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.TokenProblem
import io.hypha.rpc.hub.auth.Tokens
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.auth.requirePermitted
import io.hypha.rpc.hub.auth.requireValue
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.argument

/** `generate_token`, `revoke_token` and `parse_token` (protocol §9.4). */
internal fun ServiceBuilder.tokenFunctions(room: ManagerRoom) {
    managed(
        "generate_token",
        "Makes a token with which others can connect",
        typedParam<Map<String, Any?>?>("config", default = null),
    ) { call ->
        val client = room.caller(this)
        val request = TokenRequest.of(call.argument<Map<String, Any?>?>("config").orEmpty(), client.workspace)
        val permission = room.permissionOf(client, request.workspace)
        requirePermitted(permission != null) { "You do not have any permission for workspace: ${request.workspace}" }
        requirePermitted(permission.allows(WorkspacePermission.Admin)) { "Only admin can generate token." }
        // The clients of a deleted workspace stay in it, but what they hand out would open the next one of that id.
        requireValue(room.workspaces.find(request.workspace, client.user) != null) { "Workspace not found: ${request.workspace}" }
        // Who could choose it would own what belongs to others: workspaces name their owners by email too.
        requirePermitted(!request.namesEmail || UserInfo.ADMIN in client.user.roles) {
            "Only callers with the 'admin' role may set the email of a token"
        }
        room.tokens.issue(request.user(client.user), request.life)
    }
    managed("revoke_token", "Makes a token invalid", typedParam<String>("token")) { call ->
        room.caller(this, WorkspacePermission.Admin)
        try {
            room.tokens.revoke(call.argument("token"))
        } catch (e: TokenProblem) {
            throw if (e.message == Tokens.EXPIRED) HubProblem("ValueError", "Token has already expired") else e
        }
        null
    }
    managed("parse_token", "Returns the user that a token stands for", typedParam<String>("token")) { call ->
        room.caller(this, WorkspacePermission.Read)
        room.tokens.verify(call.argument("token")).toMap()
    }
}
