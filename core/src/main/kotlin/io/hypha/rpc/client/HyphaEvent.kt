package io.hypha.rpc.client

import io.hypha.rpc.call.CallContext
import io.hypha.rpc.service.ServiceInfo
import io.hypha.rpc.service.textKeys

/**
 * A message that is no call: an event of the server, of another client or of this connection itself (protocol §10).
 *
 * Every client may send events of any type to any other one, so a type alone proves nothing: look at [isFromServer], or at [context]
 * for who sent it. The properties that describe [ServerEvents] do so themselves.
 *
 * @property type what kind of event.
 * @property entries everything in it beside its type and what the server stamps.
 * @property context who sent it, as the server vouches for it; null for events of the server and local ones.
 * @property isFromServer whether the server itself sent it.
 * @property isLocal whether it comes from this connection and was never sent.
 */
public class HyphaEvent internal constructor(
    public val type: String,
    public val entries: Map<String, Any?>,
    public val context: CallContext?,
    public val isFromServer: Boolean,
    internal val size: Int,
) {
    public val isLocal: Boolean get() = context == null && !isFromServer

    /** What it is about. */
    public val data: Any? get() = entries["data"]

    /** The service that a [ServerEvents.SERVICE_ADDED] or [ServerEvents.SERVICE_REMOVED] is about; null for any other event. */
    public val serviceInfo: ServiceInfo?
        get() = if (type in aboutServices) serverData?.let(::ServiceInfo) else null

    /**
     * The client that a [ServerEvents.CLIENT_CONNECTED], [ServerEvents.CLIENT_UPDATED] or [ServerEvents.CLIENT_DISCONNECTED] is about,
     * without its workspace; null for any other event.
     */
    public val clientId: String?
        get() = if (type in aboutClients) (serverData?.get("id") as? String)?.substringAfterLast('/') else null

    /** The workspace that an event about a workspace describes; null for any other event. */
    public val workspaceInfo: WorkspaceInfo?
        get() = if (type in aboutWorkspaces) serverData?.let(::WorkspaceInfo) else null

    private val serverData: Map<String, Any?>?
        get() = if (isFromServer && data is Map<*, *>) textKeys(data) else null

    override fun toString(): String = "HyphaEvent($type)"

    internal companion object {
        private val aboutServices = setOf(ServerEvents.SERVICE_ADDED, ServerEvents.SERVICE_REMOVED, ServerEvents.SERVICE_UPDATED)
        private val aboutClients = setOf(ServerEvents.CLIENT_CONNECTED, ServerEvents.CLIENT_UPDATED, ServerEvents.CLIENT_DISCONNECTED)
        private val aboutWorkspaces =
            setOf(
                ServerEvents.WORKSPACE_LOADED,
                ServerEvents.WORKSPACE_DELETED,
                ServerEvents.WORKSPACE_CHANGED,
                ServerEvents.WORKSPACE_READY,
                ServerEvents.WORKSPACE_UNLOADED,
            )

        /** An event that only the listeners of this connection hear. */
        fun local(
            type: String,
            data: Any?,
            more: Map<String, Any?> = emptyMap(),
        ): HyphaEvent = HyphaEvent(type, more + ("data" to data), context = null, isFromServer = false, size = 0)
    }
}
