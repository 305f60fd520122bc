package io.hypha.rpc.client

import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.service.textKeys
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.DurationUnit

private val UsualPing = 5.seconds

/**
 * The clients in a workspace.
 *
 * @param workspace its id; null for the one of this client.
 * @throws PermissionDeniedException when this client may not read it.
 */
public suspend fun WorkspaceManager.listClients(workspace: String? = null): List<ClientInfo> =
    call<List<Any?>>("list_clients", kwargs = given("workspace" to workspace)).map { ClientInfo(textKeys(it)) }

/**
 * Has the server ask a client whether it is alive; returns when it has answered. [HyphaConnection.ping] asks the client itself.
 *
 * @param client `client` or `workspace/client`.
 * @param timeout how long the client may take.
 * @throws PeerGoneException when it did not answer in time, with the server's words.
 * @throws PermissionDeniedException when it is in a workspace that this client may not read.
 */
public suspend fun WorkspaceManager.ping(
    client: String,
    timeout: Duration = UsualPing,
) {
    val answer = call<Any?>("ping", client, seconds(timeout))
    if (answer !is String || !answer.startsWith("Failed to ping client")) return
    throw if ("Permission denied" in answer) PermissionDeniedException(answer) else PeerGoneException(answer)
}

/**
 * Has the server ask every client of a workspace whether it is alive, and remove those that do not answer. Only administrators can.
 *
 * @param workspace its id; null for the one of this client.
 * @param timeout how long a client may take.
 */
public suspend fun WorkspaceManager.cleanup(
    workspace: String? = null,
    timeout: Duration = UsualPing,
): WorkspaceCleanup {
    val kwargs = given("workspace" to workspace) + ("timeout" to seconds(timeout))
    return WorkspaceCleanup(textKeys(call<Any?>("cleanup", kwargs = kwargs)))
}

private fun seconds(timeout: Duration): Double {
    require(timeout.isPositive() && timeout.isFinite()) { "a timeout must be longer than nothing and not for ever, not $timeout" }
    return timeout.toDouble(DurationUnit.SECONDS)
}
