package io.hypha.rpc.client

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.SessionStatistics
import io.hypha.rpc.call.UserInfo
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.Service
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.ServiceDescription
import io.hypha.rpc.service.ServiceInfo
import io.hypha.rpc.service.plainValue
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.Transport
import io.hypha.rpc.value.shape
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.StateFlow

/**
 * A connection to a Hypha server: registers services, finds and calls those of others, and listens to events. Safe for use from any
 * thread. Close it when it is no longer needed; `use { }` does.
 *
 * Its functions may fail with a [HyphaException].
 */
public class HyphaConnection internal constructor(
    private val client: Client,
) : AutoCloseable {
    /** Where the connection stands, now and from now on. */
    public val state: StateFlow<ConnectionState> get() = client.connection.state

    /** What the server said when it accepted this client. */
    public val info: ConnectionInfo get() = client.info

    /** The workspace of this client. */
    public val workspace: String get() = client.info.workspace

    /** The id of this client within its workspace. */
    public val clientId: String get() = client.info.clientId

    /** The user as whom this client is connected. */
    public val user: UserInfo = UserInfo(client.info.user.mapValues { plainValue(it.value) })

    /** The server's own service. */
    public val manager: WorkspaceManager get() = client.manager

    /** How much the connection keeps alive at this moment. */
    public val statistics: SessionStatistics get() = client.endpoint.statistics

    /**
     * Offers a service to others; it can be called when this returns.
     *
     * @param overwrite replaces a service of the same id instead of failing.
     * @param checkType first holds the service against the definition of its `type`, as the server knows it: both have the same members.
     * Its functions take over the definition's schemas and descriptions where they have none of their own (protocol §7.5).
     * @throws IllegalArgumentException when the definition is not valid, the id is taken, or the service is not of its type; the message
     * names all that is missing or too much.
     */
    public suspend fun registerService(
        id: String,
        overwrite: Boolean = false,
        checkType: Boolean = false,
        build: ServiceBuilder.() -> Unit,
    ): ServiceInfo =
        registerService(
            io.hypha.rpc.service
                .service(id, build),
            overwrite,
            checkType,
        )

    /** Offers a service to others; it can be called when this returns. */
    public suspend fun registerService(
        service: Service,
        overwrite: Boolean = false,
        checkType: Boolean = false,
    ): ServiceInfo = register(if (checkType) manager.checked(service) else service, overwrite)

    private suspend fun register(
        service: Service,
        overwrite: Boolean,
    ): ServiceInfo {
        val info = description(service).toInfo(client.options.appId)
        val replaced = client.registry.find(service.id)
        client.registry.add(service, overwrite)
        var isRegistered = false
        try {
            manager.call<Any?>("register_service", info)
            isRegistered = true
        } finally {
            if (!isRegistered) client.registry.restore(service, replaced)
        }
        return ServiceInfo(info)
    }

    /** Offers a service to whoever knows this client, without telling the server; for the server's own peers. */
    @InternalHyphaApi
    public fun provideService(service: Service) {
        client.registry.add(service, overwrite = false)
    }

    /**
     * Withdraws a service of this client.
     *
     * @param id its id, with or without `workspace/client:`.
     * @throws io.hypha.rpc.ServiceNotFoundException when this client has no such service.
     */
    public suspend fun unregisterService(id: String) {
        val plain = id.substringBefore('@').removePrefix("$workspace/").removePrefix("$clientId:")
        client.registry.find(plain) ?: throw io.hypha.rpc.ServiceNotFoundException("Service not found: $id")
        manager.call<Any?>("unregister_service", plain)
        client.registry.remove(plain)
    }

    /**
     * Finds a service.
     *
     * @param id `service`, `client:service` or `workspace/client:service`, each with an optional `@app`; `*` stands for any client.
     * @param mode which one when several fit: `exact`, `random`, `first`, `last` …; null for the server's own rule (protocol §7.6).
     * @throws io.hypha.rpc.ServiceNotFoundException when there is none.
     * @throws io.hypha.rpc.PermissionDeniedException when this client may not have it.
     */
    public suspend fun getService(
        id: String,
        mode: String? = null,
    ): RemoteService {
        val kwargs = if (mode == null) emptyMap() else mapOf("config" to mapOf("mode" to mode))
        return RemoteService(manager.call("get_service", shape<Map<String, Any?>>(), listOf(id), kwargs))
    }

    /**
     * Asks a client for one of its services, without the server's registry.
     *
     * @param client `client` or `workspace/client`.
     * @param service the id of the service within that client.
     */
    public suspend fun getServiceOf(
        client: String,
        service: String,
    ): RemoteService = RemoteService(this.client.callBuiltIn(client, "get_service", shape<Map<String, Any?>>(), service))

    /** The services that this client may see; [query] as in protocol §8.2, null for those of its own workspace. */
    public suspend fun listServices(query: Any? = null): List<ServiceInfo> {
        val args = if (query == null) emptyList() else listOf(query)
        return manager.call("list_services", shape<List<Map<String, Any?>>>(), args).map(::ServiceInfo)
    }

    /** Sends [value] to the server and returns what comes back; shows how a value travels. */
    public suspend inline fun <reified T> echo(value: T): T = manager.call("echo", value)

    /** Asks the client [id] (`client` or `workspace/client`) whether it is alive; returns when it answered. */
    public suspend fun ping(id: String) {
        client.callBuiltIn(id, "ping", shape<Any?>(), "ping")
    }

    /**
     * The events of [type] from the moment of collecting on, until the connection is closed. Events of the server arrive after
     * [WorkspaceManager.subscribe] only.
     */
    public fun events(type: String): Flow<HyphaEvent> = client.events.flow(type)

    /** Calls [handler] for every event of [type], one at a time, until the result is disposed. */
    public fun on(
        type: String,
        handler: suspend (HyphaEvent) -> Unit,
    ): EventListener = client.events.on(type, isOnce = false, handler)

    /** Calls [handler] for the next event of [type]. */
    public fun once(
        type: String,
        handler: suspend (HyphaEvent) -> Unit,
    ): EventListener = client.events.on(type, isOnce = true, handler)

    /** Removes the listeners of [type], or of every type. */
    public fun off(type: String? = null) {
        client.events.off(type)
    }

    /**
     * Sends an event.
     *
     * @param to null for the listeners of this connection only, `*` for every client of the workspace that has subscribed to [type], or
     * one client.
     * @throws io.hypha.rpc.EncodingException when [data] cannot be sent, or is longer than one frame may be and meant for everybody.
     */
    public suspend fun emit(
        type: String,
        data: Any? = null,
        to: String? = null,
    ) {
        client.emit(type, data, to)
    }

    /**
     * Ends the connection: calls in both directions end, the services are gone. Returns at once and may be called again; everything has
     * ended when [awaitClosed] returns.
     */
    override fun close() {
        client.close(ConnectionClosedException("RPC connection closed"))
    }

    /** Suspends until the connection has ended, for whatever reason, and nothing of it runs any more. */
    public suspend fun awaitClosed() {
        client.job.join()
    }

    /**
     * What the members of a service of this program look like to others: the `service_schema` that [registerService] sends (protocol §7.3).
     * Functions have `{"type": "function", "function": {"name", "description", "parameters"}}`, groups are maps of them.
     */
    public fun getServiceSchema(service: Service): Map<String, Any?> = service.schemas(client.endpoint.format).tree

    private fun description(service: Service) = ServiceDescription(service, workspace, clientId, client.endpoint.format)

    override fun toString(): String = "HyphaConnection($workspace/$clientId)"

    /** Connecting. */
    public companion object {
        /**
         * Connects over [transport]; applications use `connectToServer` of a transport module.
         *
         * @param announces whether to tell the server of this client's services; the server's own peers do not.
         */
        @InternalHyphaApi
        public suspend fun connect(
            transport: Transport,
            options: HyphaOptions,
            announces: Boolean = true,
        ): HyphaConnection {
            options.requireValid()
            val client = Client(transport, options)
            var isConnected = false
            try {
                client.connect()
                if (announces) client.announce()
                isConnected = true
                return HyphaConnection(client)
            } finally {
                if (!isConnected) client.close(ConnectionClosedException("the connection could not be made"))
            }
        }
    }
}
