package io.hypha.rpc.client

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.SessionStatistics
import io.hypha.rpc.call.UserInfo
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.service.RemoteService
import io.hypha.rpc.service.SelectionMode
import io.hypha.rpc.service.SendableMembers
import io.hypha.rpc.service.Service
import io.hypha.rpc.service.ServiceBuilder
import io.hypha.rpc.service.ServiceDescription
import io.hypha.rpc.service.ServiceFilter
import io.hypha.rpc.service.ServiceInfo
import io.hypha.rpc.service.ServicePage
import io.hypha.rpc.service.ServiceSearch
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.Transport
import io.hypha.rpc.value.shape
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.StateFlow
import kotlin.coroutines.CoroutineContext
import kotlin.time.Duration

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

    private val lookup = ServiceLookup(client)

    internal val logger: HyphaLogger get() = client.logger

    /** Where everything of this connection runs. */
    @InternalHyphaApi
    public val coroutineContext: CoroutineContext get() = client.endpoint.scope.coroutineContext

    /** What the server said when it accepted this client, the last time. */
    public val info: ConnectionInfo get() = client.info

    /** The workspace of this client. */
    public val workspace: String get() = client.info.workspace

    /** The id of this client within its workspace. */
    public val clientId: String get() = client.info.clientId

    /** The user as whom this client is connected. */
    public val user: UserInfo get() = client.user

    /** The server's own service. */
    public val manager: WorkspaceManager get() = client.manager

    /** The services that this client offers at this moment, the built-in one first, as it describes them to the server. */
    public val services: List<ServiceInfo> get() = client.registry.all.map { ServiceInfo(description(it).toInfo(client.options.appId)) }

    /**
     * The ids of the services that the server has not taken again after the connection came back, most of the time none. They are tried again,
     * and [services] holds them as well; [LocalEvents.SERVICES_REGISTERED] tells of changes.
     */
    public val missingServices: List<String> get() = client.registrations.missing

    /** How much the connection keeps alive at this moment. */
    public val statistics: SessionStatistics
        get() = client.connection.run { client.endpoint.statistics(madeLinks, queued, pacedFor) }

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
        client.endpoint.requireOpen()
        SendableMembers(client.endpoint.format).require(service)
        return ServiceInfo(client.registrations.register(service, overwrite))
    }

    /** Offers a service to whoever knows this client, without telling the server; for the server's own peers. */
    @InternalHyphaApi
    public fun provideService(service: Service) {
        client.registry.add(service, overwrite = false)
    }

    /**
     * Withdraws a service of this client, or ends an interface object for the client that it was sent to.
     *
     * @param id its id, with or without `workspace/client:`; of an interface object one of its `ids`.
     * @throws io.hypha.rpc.ServiceNotFoundException when this client has no such service.
     */
    public suspend fun unregisterService(id: String) {
        val plain = id.substringBefore('@').removePrefix("$workspace/").removePrefix("$clientId:")
        if (client.registry.interfaces.remove(plain)) return
        client.registry.find(plain) ?: throw io.hypha.rpc.ServiceNotFoundException("Service not found: $id")
        client.registrations.unregister(plain)
    }

    /** Withdraws the service that a registration returned; see the other form. */
    public suspend fun unregisterService(info: ServiceInfo) {
        unregisterService(info.id)
    }

    /**
     * Finds a service through the server. The handle follows its provider, unless told not to: see [RemoteService].
     *
     * @param id `service`, `client:service` or `workspace/client:service`, each with an optional `@app`; `*` stands for any run of characters
     *   of the client, service or app, and `~` is the server's own service.
     * @throws IllegalArgumentException when [id] or an option is not valid; nothing was sent.
     * @throws io.hypha.rpc.ServiceNotFoundException when there is none.
     * @throws io.hypha.rpc.PermissionDeniedException when this client may not have it.
     * @throws io.hypha.rpc.CallTimeoutException when it was not there in time.
     */
    public suspend fun getService(
        id: String,
        configure: GetServiceOptions.() -> Unit = {},
    ): RemoteService = lookup.get(id, GetServiceOptions(client.options.caseConversion).apply(configure))

    /**
     * Asks a client for one of its services, without the server's registry. The handle follows its provider when that returns under the same
     * client id.
     *
     * @param client `client` or `workspace/client`.
     * @param service the id of the service within that client.
     */
    public suspend fun getServiceOf(
        client: String,
        service: String,
        configure: LookupOptions.() -> Unit = {},
    ): RemoteService = lookup.getOf(client, service, LookupOptions(this.client.options.caseConversion).apply(configure))

    /**
     * What the server knows of a service, without asking its provider.
     *
     * @param id as for [getService].
     * @param mode which one when several fit; null for the server's own rule.
     * @param selectTimeout how long each service may take to answer when [mode] asks them; null for 2 seconds.
     * @param readAppManifest whether an `@app` that is not running is described from its manifest.
     * @throws IllegalArgumentException when [id] is not valid; nothing was sent.
     * @throws io.hypha.rpc.ServiceNotFoundException when there is none.
     */
    public suspend fun getServiceInfo(
        id: String,
        mode: SelectionMode? = null,
        selectTimeout: Duration? = null,
        readAppManifest: Boolean = false,
    ): ServiceInfo = lookup.info(id, mode, selectTimeout, readAppManifest)

    /**
     * The services that this client may see.
     *
     * @param query null for those of its own workspace; a text such as `ws`, `ws/service` or `client:service`; or a map as in protocol §8.2.
     * @throws IllegalArgumentException when a map has other keys or its values are no patterns; nothing was sent.
     */
    public suspend fun listServices(query: Any? = null): List<ServiceInfo> = lookup.list(query)

    /** The services that this client may see and that fit the filter. */
    public suspend fun listServices(filter: ServiceFilter.() -> Unit): List<ServiceInfo> = lookup.list(ServiceFilter().apply(filter))

    /**
     * Searches for services by what they are about; servers that are not set up for it refuse.
     *
     * @param query what to look for, in words; null for everything that fits the filters.
     */
    public suspend fun searchServices(
        query: String? = null,
        configure: ServiceSearch.() -> Unit = {},
    ): ServicePage = lookup.search(query, ServiceSearch().apply(configure))

    /** Sends [value] to the server and returns what comes back; shows how a value travels. */
    public suspend inline fun <reified T> echo(value: T): T = manager.call("echo", value)

    /**
     * Asks the client [id] (`client` or `workspace/client`) whether it is alive; returns when it answered.
     *
     * @param timeout how long it may take; null for as long as any call.
     * @throws io.hypha.rpc.CallTimeoutException when it did not answer.
     * @throws io.hypha.rpc.PeerGoneException when it is not connected.
     */
    public suspend fun ping(
        id: String,
        timeout: Duration? = null,
    ) {
        client.callBuiltIn(id, "ping", shape<Any?>(), "ping", timeout = timeout)
    }

    /**
     * The events of [type] for each collector: from the moment of collecting on, in the order of their arrival, until the connection ends.
     * A collector that is slow by 1,024 events or 64 MiB loses the oldest, which the log says; it holds up nobody else. Goes on when the
     * connection comes back after it was lost; what happened in between is lost.
     *
     * @param subscribed whether the server is to deliver broadcasts of [type], its own events among them, while somebody collects. Without
     * it they arrive after [WorkspaceManager.subscribe] only; what is sent to this client alone, and what it tells itself, always does.
     */
    public fun events(
        type: String,
        subscribed: Boolean = false,
    ): Flow<HyphaEvent> = eventFlow(client, type, subscribed)

    /**
     * Calls [handler] for every event of [type], one at a time and in the order of their arrival, until the result is disposed. All
     * handlers of a connection take turns, in the order of their registration: one that takes long launches a coroutine of its own. When
     * 1,024 events or 64 MiB wait for the handlers, the oldest are dropped, which the log says. A handler that throws only ends itself,
     * for that event.
     */
    public fun on(
        type: String,
        handler: suspend (HyphaEvent) -> Unit,
    ): EventListener = client.events.on(type, isOnce = false, handler = handler)

    /** Calls [handler] for the next event of [type]. */
    public fun once(
        type: String,
        handler: suspend (HyphaEvent) -> Unit,
    ): EventListener = client.events.on(type, isOnce = true, handler = handler)

    /** Disposes the listeners of [type], or of every type. Who collects [events] or is in [waitFor] goes on. */
    public fun off(type: String? = null) {
        client.events.off(type)
    }

    /**
     * Like [on], for broadcasts: the server delivers them when this returns, and until the result is disposed and nobody else here wants
     * them.
     *
     * @throws HyphaException when the server does not allow it.
     */
    public suspend fun subscribe(
        type: String,
        handler: suspend (HyphaEvent) -> Unit,
    ): EventListener = eventSubscription(client, type, handler)

    /**
     * Waits for an event of [type] that fits. Listens before it first suspends: with `async(start = UNDISPATCHED) { waitFor(…) }` no event
     * is missed that a later line causes. [predicate] runs in the caller's coroutine, and what it throws is thrown here.
     * A handler of [on] can wait as well; the handlers after it wait with it.
     *
     * @param timeout how long to wait; `Duration.INFINITE` for ever.
     * @param subscribed whether to have broadcasts of [type] delivered meanwhile, as for [events]; asking the server is part of the wait.
     * @throws io.hypha.rpc.CallTimeoutException when no such event came in time.
     * @throws ConnectionClosedException when the connection has ended.
     */
    public suspend fun waitFor(
        type: String,
        timeout: Duration,
        subscribed: Boolean = false,
        predicate: suspend (HyphaEvent) -> Boolean = { true },
    ): HyphaEvent = awaitEvent(client, type, timeout, subscribed, predicate)

    /**
     * Sends an event. Nobody confirms it: a server that refuses a broadcast, such as that of a client with a read-only token, only says so in
     * an event of the type `error`, which is logged.
     *
     * @param data what it is about: plain values. Clients in other languages do not convert arrays and other special values in events.
     * @param to null for the listeners of this connection only, `*` for every client of the workspace that has subscribed to [type], or
     * one client: its id or, in another workspace, `workspace/client`.
     * @param more further entries beside `data`.
     * @throws IllegalArgumentException when [type] is one of the server's own, or [to] is no target.
     * @throws io.hypha.rpc.EncodingException when [data] cannot be sent, such as a function, or is meant for everybody and holds an interface
     * object or is longer than one frame may be.
     */
    public suspend fun emit(
        type: String,
        data: Any? = null,
        to: String? = null,
        more: Map<String, Any?> = emptyMap(),
    ) {
        client.emit(type, data, to, more)
    }

    /**
     * Gives the link up, or the wait for one, and makes another one at once: for programs that learn that the network has changed. Calls and
     * services stay; a reply that is on its way at that moment can be lost, and its call then fails by its timeout. Does nothing when the connection is closed. Returns at once; [state] tells what becomes of it.
     */
    public fun forceReconnect() {
        client.connection.forceReconnect()
    }

    /**
     * Ends the connection: calls in both directions end, the services are gone. Returns at once and may be called again; everything has
     * ended when [awaitClosed] returns.
     */
    override fun close() {
        client.close(ConnectionClosedException("RPC connection closed"))
    }

    /** Suspends until the connection has ended for good, for whatever reason, and nothing of it runs any more. */
    public suspend fun awaitClosed() {
        client.job.join()
    }

    /**
     * What the members of a service of this program look like to others: the `service_schema` that [registerService] sends (protocol §7.3).
     * Functions have `{"type": "function", "function": {"name", "description", "parameters"}}`, groups are maps of them.
     */
    public fun getServiceSchema(service: Service): Map<String, Any?> = service.schemas(client.endpoint.format).tree

    /**
     * Suspends until the connection has ended for good, for programs that only provide services. A connection that is lost and comes back has
     * not ended. Returns when this program closed it.
     *
     * @throws HyphaException why the connection ended, when it was not closed here.
     */
    public suspend fun serve() {
        awaitClosed()
        (state.value as? ConnectionState.Closed)?.cause?.let { throw it }
    }

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
