package io.hypha.rpc.call

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.debug
import io.hypha.rpc.transport.FrameSink
import io.hypha.rpc.value.ValueFormat
import io.hypha.rpc.wire.RoutingHeader
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.plus
import kotlin.concurrent.Volatile
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext

/**
 * One client on one link: its address, its sessions, the calls that it makes and serves. The endpoints of a client share one table
 * of services.
 *
 * @property workspace the workspace of this client; `*` for a workspace manager.
 * @property clientId the id of this client.
 * @property serverBaseUrl the server's public address: references that carry it can travel on unchanged (protocol §4.3).
 * @property scope where everything of this endpoint runs; cancelling it ends the endpoint.
 * @param user the user as whom this client is connected, for its calls to itself.
 */
internal class RpcEndpoint(
    val workspace: String,
    val clientId: String,
    val serverBaseUrl: String?,
    val connectionType: String,
    val sink: FrameSink,
    val methods: MethodTable,
    val interfaces: InterfaceTable,
    val format: ValueFormat,
    val options: EndpointOptions,
    val scope: CoroutineScope,
    user: UserInfo,
) {
    /** The full address of this client. */
    val me: String = "$workspace/$clientId"
    val logger: HyphaLogger = options.logger

    val reports = CallReports(options.metrics, logger, options.timeSource)
    val dispatcher: CoroutineContext = scope.coroutineContext[ContinuationInterceptor] ?: Dispatchers.Default

    /** Where calls of others are served. It ends with [scope]. */
    val serving: CoroutineScope = scope.coroutineContext[ServingPlace]?.servingDispatcher?.let { scope + it } ?: scope
    val ids = IdSource()
    val sessions = SessionTable(serving, options.timeSource, ids)
    val outgoing = OutgoingCalls(this)
    val incoming = IncomingCalls(this)
    val loopback = Loopback(this)
    val longMessages = LongMessageSender(this)
    val received = LongMessageReceiver(me, options.maxLongMessages, options.maxLongMessageBytes, options.longMessageAge, options.timeSource)

    /** The context of calls that this client makes to itself. */
    val ownContext: CallContext = CallContext(me, me, workspace, null, connectionType, null, format.limits, knownUser = user)

    @Volatile
    private var closedBecause: HyphaException? = null

    /** What is alive now, on a connection that has been made [generation] times. */
    fun statistics(generation: Int): SessionStatistics {
        val counted = sessions.count()
        val arriving = received.count()
        return SessionStatistics(
            sessions = counted.calls + counted.results,
            incomingCalls = incoming.size,
            longMessages = arriving.messages,
            outgoingCalls = counted.calls,
            resultSessions = counted.results,
            streams = counted.streams,
            interfaceObjects = interfaces.size,
            longMessageBytes = arriving.bytes,
            generation = generation,
        )
    }

    init {
        scope.launch {
            while (true) {
                delay(options.sweepInterval)
                sessions.sweep(options.idleSession)
                received.sweep()
            }
        }
    }

    /** The routing header of a message of ours; the server overwrites `from` (protocol §2.2). */
    fun header(
        to: String,
        method: String,
        session: String?,
        parent: String?,
    ): RoutingHeader = RoutingHeader(type = "method", from = me, to = to, method = method, session = session, parent = parent)

    /** Opens a session, unless this endpoint has ended. */
    fun openSession(
        target: String,
        call: OutgoingCall?,
    ): Session = opened(sessions.open(target, call))

    /**
     * Opens the session of a result for [target], whose call has the session [answers] there.
     *
     * @throws io.hypha.rpc.OverloadedException when there are too many.
     */
    fun openResult(
        target: String,
        answers: String?,
    ): Session = opened(sessions.openResult(target, answers))

    private fun opened(session: Session): Session {
        // Looked at after the session is in the table, so that whoever ends the endpoint at the same time sees one of the two.
        if (closedBecause != null) sessions.close(session)
        requireOpen()
        return session
    }

    /** @throws ConnectionClosedException when this endpoint has ended. */
    fun requireOpen() {
        closedBecause?.let { throw ConnectionClosedException(it.message.orEmpty(), it, didNotRun = true) }
    }

    /**
     * A function of ours that [peer] knows by its path, if it still exists. Those of a session only when it is the session of that peer: it
     * could not call another one's itself, and must not have us do so by handing us its path.
     */
    fun localFunction(
        path: String,
        peer: String,
    ): LocalFunction? {
        if (path.startsWith("services.")) {
            // What is lent to one peer only is ours to call when that peer hands it back.
            val caller = if (path.startsWith(INTERFACES)) contextOf(peer) else ownContext
            return try {
                methods.resolve(path, caller)
            } catch (e: HyphaException) {
                logger.debug { "a reference to a function of this client came back, but it is gone: ${e.message}" }
                null
            }
        }
        val session = sessions.find(path.substringBefore('.'))?.takeIf { it.target == peer } ?: return null
        return session.find(path.substringAfter('.'))?.function
    }

    private fun contextOf(peer: String) = CallContext(peer, me, workspaceOf(peer, workspace), null, connectionType, null, format.limits)

    /** A client is gone: its calls are cancelled, ours to it fail, and nothing is kept for it (protocol §10.4). */
    fun peerGone(
        peer: String,
        reason: String = "Client disconnected: $peer",
    ): PeerCleanup {
        val ended = sessions.closeAll { it.target == peer }
        ended.forEach { it.call?.fail(PeerGoneException(reason)) }
        incoming.cancelAllFrom(peer)
        received.dropAllFrom(peer)
        return PeerCleanup(ended.size, interfaces.peerGone(peer))
    }

    /** Ends every call in both directions, and refuses new ones. The scope belongs to the owner of this endpoint. */
    fun close(cause: HyphaException) {
        closedBecause = cause
        // Each caller gets a failure of its own: whoever handles one may add to it.
        sessions.closeAll { true }.forEach { it.call?.fail(ConnectionClosedException(cause.message.orEmpty(), cause)) }
        received.clear()
    }

    private companion object {
        const val INTERFACES = "services._rintf_"
    }
}
