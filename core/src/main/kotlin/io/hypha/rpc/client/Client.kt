package io.hypha.rpc.client

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.LogLines
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.call.CallRequest
import io.hypha.rpc.call.IdSource
import io.hypha.rpc.call.MANAGER_WORKSPACE
import io.hypha.rpc.call.MessageRouter
import io.hypha.rpc.call.RpcEndpoint
import io.hypha.rpc.call.UserInfo
import io.hypha.rpc.call.absoluteAddress
import io.hypha.rpc.call.callRepeatably
import io.hypha.rpc.connection.Connection
import io.hypha.rpc.connection.ConnectionHandler
import io.hypha.rpc.connection.ConnectionState
import io.hypha.rpc.connection.MeteredTransport
import io.hypha.rpc.connection.TokenRenewal
import io.hypha.rpc.metrics.GuardedMetrics
import io.hypha.rpc.metrics.HyphaMetrics
import io.hypha.rpc.service.BuiltInService
import io.hypha.rpc.service.Service
import io.hypha.rpc.service.ServiceDescription
import io.hypha.rpc.service.ServiceRegistry
import io.hypha.rpc.service.plainValue
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Transport
import io.hypha.rpc.value.Codecs
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.ValueFormat
import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancel
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlin.concurrent.Volatile
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** Puts the rooms together for one client: connection, endpoint, services and events. */
internal class Client(
    transport: Transport,
    val options: HyphaOptions,
) : ConnectionHandler {
    private val scope =
        CoroutineScope(options.coroutineContext + SupervisorJob(options.coroutineContext[Job]) + CoroutineName("hypha-rpc"))
    val job: Job get() = scope.coroutineContext.job
    val logger: HyphaLogger = LogLines(options.logger)
    private val tokens =
        options.tokenProvider?.let {
            TokenRenewal(
                it::token,
                options.connectTimeout,
                options.epochSeconds,
                logger,
            )
        }
    private val metrics: HyphaMetrics? = options.metrics?.let { GuardedMetrics(it, logger) }
    private val links = if (metrics == null) transport else MeteredTransport(transport, metrics)
    val connection = Connection(links, scope, connectionSettings(options, logger, metrics), tokens)

    /** How many have arrived. Changed by the reader only. */
    @Volatile
    private var messages = 0L
    val events = Events(scope, logger, ::lastWords)

    @Volatile
    lateinit var info: ConnectionInfo
        private set

    @Volatile
    lateinit var user: UserInfo
        private set
    lateinit var endpoint: RpcEndpoint
        private set
    lateinit var registry: ServiceRegistry
        private set
    lateinit var manager: WorkspaceManager
        private set
    private lateinit var router: MessageRouter
    private lateinit var eventSender: EventSender
    private lateinit var builtIn: Service
    private lateinit var restoration: Restoration
    private lateinit var probes: Probes
    private lateinit var selfCheck: SelfCheck
    lateinit var registrations: Registrations
        private set

    /** The handshake; afterwards messages flow. */
    suspend fun connect() {
        val id = options.clientId ?: IdSource.randomId(CLIENT_ID_LENGTH)
        info = connection.open(Identity(id, options.workspace, options.token))
        user = userOf(info)
        registry = ServiceRegistry(info.workspace, ::managerAddress)
        endpoint =
            RpcEndpoint(
                workspace = info.workspace,
                clientId = info.clientId,
                serverBaseUrl = info.publicBaseUrl,
                connectionType = connection.connectionType,
                sink = connection.sink,
                methods = registry,
                interfaces = registry.interfaces,
                format = ValueFormat(Codecs(options.codecs), options.serializersModule, options.limits, options.instanceSerializers),
                options = endpointOptions(options, logger, metrics),
                scope = scope,
                user = user,
                onDetached = { selfCheck.run() },
            )
        selfCheck = SelfCheck(this, endpoint, connection, scope, logger, options.timeSource)
        router = MessageRouter(endpoint, IncomingEvents(endpoint, events, ::managerAddress, ::endBy)::take)
        eventSender = EventSender(endpoint)
        manager = WorkspaceManager(endpoint, ::managerAddress, connection::awaitOpen)
        builtIn = BuiltInService(endpoint, router, registry).definition()
        registry.add(builtIn, overwrite = false)
        registrations = Registrations(manager, registry, ::describe) { restoration.retryRest() }
        val limit = minOf(options.timeout, LongestRestoration)
        restoration = Restoration(manager, registrations, events, scope, logger, limit, options.timeSource)
        probes = Probes(this, endpoint, scope, logger)
        connection.start(this)
        scope.launch(start = CoroutineStart.UNDISPATCHED) { endWithScope() }
    }

    /** The scope may be cancelled from outside, with the job that the user gave; who waits for a reply is not part of it. */
    private suspend fun endWithScope() {
        try {
            awaitCancellation()
        } finally {
            val cause = ConnectionClosedException("Connection closed: its job was cancelled")
            if (connection.close(cause)) endCalls(cause)
        }
    }

    /** Tells the server who this is (protocol §1.10). The manager's functions are called by path, so its service is not fetched. */
    suspend fun announce() {
        // The server ignores every other registration until it knows the built-in service (protocol §7.5).
        allowingReadOnly("register its services") {
            manager.call<Any?>("register_service", describe(builtIn))
        }
        allowingReadOnly("hear of clients that leave") { manager.subscriptions.acquire(ServerEvents.CLIENT_DISCONNECTED) }
        if (options.pingInterval.isFinite()) scope.launch { selfCheck.watch { messages } }
    }

    /** A client with a read-only token can call, but neither register nor subscribe (protocol §15.1, Q4). */
    private suspend fun allowingReadOnly(
        what: String,
        action: suspend () -> Unit,
    ) {
        try {
            action()
        } catch (e: PermissionDeniedException) {
            logger.log(HyphaLogger.Level.Info, "this client may not $what: ${e.message}", null)
        }
    }

    private fun userOf(info: ConnectionInfo) = UserInfo(info.user.mapValues { plainValue(it.value) })

    private fun managerAddress() = "$MANAGER_WORKSPACE/${info.managerId}"

    private fun describe(service: Service): Map<String, Any?> =
        ServiceDescription(service, info.workspace, info.clientId, endpoint.format).toInfo(options.appId)

    override fun onMessage(message: Bytes) {
        messages++
        router.route(message)
    }

    override suspend fun restore(info: ConnectionInfo) {
        val oldManager = managerAddress()
        this.info = info
        user = userOf(info)
        endpoint.moveTo(info.publicBaseUrl, user)
        endpoint.repeatLost()
        if (managerAddress() != oldManager) endpoint.peerGone(oldManager)
        restoration.run()
        // Also what was on its way out of this program when the link was lost.
        endpoint.repeatLost()
    }

    override fun onRestored(info: ConnectionInfo) {
        restoration.retryRest()
        probes.run()
        events.tell(LocalEvents.CONNECTED, (info.entries - RECONNECTION_TOKEN).mapValues { plainValue(it.value) })
    }

    override fun onClosed(cause: HyphaException) {
        endCalls(cause)
        scope.cancel()
    }

    private fun endCalls(cause: HyphaException) {
        endpoint.close(cause)
        registry.interfaces.close()
    }

    private fun endBy(cause: HyphaException) {
        if (!connection.close(cause)) return
        logger.log(HyphaLogger.Level.Warn, "${cause.message}; connect again if that is a mistake", null)
        onClosed(cause)
    }

    private fun lastWords(): HyphaEvent {
        val cause = (connection.state.value as? ConnectionState.Closed)?.cause
        return HyphaEvent.local(LocalEvents.DISCONNECTED, mapOf("reason" to cause?.message))
    }

    /** Calls a function that every client has, and that changes nothing there. */
    suspend fun <R> callBuiltIn(
        peer: String,
        function: String,
        result: Shape<R>,
        vararg args: Any?,
        timeout: Duration? = null,
    ): R {
        val serializer = endpoint.format.serializer(result)
        val path = "services.built-in.$function"
        val request = { CallRequest(absoluteAddress(peer, info.workspace), path, args.asList(), timeout = timeout, isRepeatable = true) }
        return endpoint.outgoing.callRepeatably(request) { reader, references -> endpoint.format.read(serializer, reader, references) }
    }

    suspend fun emit(
        type: String,
        data: Any?,
        to: String?,
        more: Map<String, Any?>,
    ) {
        EventSender.requireValid(type, more)
        if (to == null) events.tell(type, data, more) else eventSender.send(type, data, to, more)
    }

    fun close(cause: HyphaException) {
        connection.close()
        if (::endpoint.isInitialized) endCalls(cause)
        scope.cancel()
    }

    private companion object {
        const val CLIENT_ID_LENGTH = 22
        const val RECONNECTION_TOKEN = "reconnection_token"
        val LongestRestoration = 30.seconds
    }
}
