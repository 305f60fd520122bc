package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.client.WorkspaceCleanup
import io.hypha.rpc.client.WorkspaceManager
import io.hypha.rpc.client.cleanup
import io.hypha.rpc.client.ping
import io.hypha.rpc.service.SelectionMode
import io.hypha.rpc.service.ServiceInfo
import io.hypha.rpc.service.plainValue

/** Calls that take a `kotlin.time.Duration` or give JSON, for Java. Times are in nanoseconds; null stands for the usual one. */
@InternalHyphaApi
public object TimedCalls {
    /** [HyphaConnection.getServiceInfo]. */
    @JvmStatic
    public suspend fun getServiceInfo(
        connection: HyphaConnection,
        id: String,
        mode: SelectionMode?,
        selectTimeout: Long?,
        readAppManifest: Boolean,
    ): ServiceInfo = connection.getServiceInfo(id, mode, selectTimeout?.let(Timeouts::duration), readAppManifest)

    /** [HyphaConnection.ping]. */
    @JvmStatic
    public suspend fun ping(
        connection: HyphaConnection,
        client: String,
        timeout: Long?,
    ) {
        connection.ping(client, timeout?.let(Timeouts::duration))
    }

    /** The manager's [ping]. */
    @JvmStatic
    public suspend fun ping(
        manager: WorkspaceManager,
        client: String,
        timeout: Long?,
    ) {
        if (timeout == null) manager.ping(client) else manager.ping(client, Timeouts.duration(timeout))
    }

    /** The manager's [cleanup]. */
    @JvmStatic
    public suspend fun cleanup(
        manager: WorkspaceManager,
        workspace: String?,
        timeout: Long?,
    ): WorkspaceCleanup = if (timeout == null) manager.cleanup(workspace) else manager.cleanup(workspace, Timeouts.duration(timeout))

    /** What the server said when it accepted the client, as plain values without its token. */
    @JvmStatic
    public fun entriesOf(connection: HyphaConnection): Map<String, Any?> =
        (connection.info.entries - "reconnection_token").mapValues { plainValue(it.value) }
}
