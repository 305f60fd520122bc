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
import kotlin.time.ComparableTimeMark
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * One client at one server: its address, its sessions, the calls that it makes and serves. It outlives the links to that server. The
 * endpoints of a client share one table of services.
 *
 * @property workspace the workspace of this client; `*` for a workspace manager.
 * @property clientId the id of this client.
 * @param serverBaseUrl the server's public address: references that carry it can travel on unchanged (protocol §4.3).
 * @property scope where everything of this endpoint runs; cancelling it ends the endpoint.
 * @param onDetached is told when the server says, or somebody in its name, that it does not know this client any more.
 * @param user the user as whom this client is connected, for its calls to itself.
 */
internal class RpcEndpoint(
    val workspace: String,
    val clientId: String,
    serverBaseUrl: String?,
    val connectionType: String,
    val sink: FrameSink,
    val methods: MethodTable,
    val interfaces: InterfaceTable,
    val format: ValueFormat,
    val options: EndpointOptions,
    val scope: CoroutineScope,
    val onDetached: () -> Unit,
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
    val givenUp = GivenUpCalls(this)
    val incoming = IncomingCalls(this)
    val absences = Absences(this, options.callerGrace)
    val loopback = Loopback(this)
    val longMessages = LongMessageSender(this)
    val uploads = UploadWindows(options.timeSource)
    val received = LongMessageReceiver(me, options.maxLongMessages, options.maxLongMessageBytes, options.longMessageAge, options.timeSource)

    /** The server's public address. */
    @Volatile
    var serverBaseUrl: String? = serverBaseUrl
        private set

    /** The context of calls that this client makes to itself. */
    @Volatile
    var ownContext: CallContext = contextAs(user)
        private set

    /** When the client came back the last time; null as long as it never did. */
    @Volatile
    private var backSince: ComparableTimeMark? = null

    @Volatile
    private var closedBecause: HyphaException? = null

    /** What is alive now, on a connection that has been made [generation] times, where [queued] messages wait and waited for [paced]. */
    fun statistics(
        generation: Int,
        queued: Int,
        paced: Duration,
    ): SessionStatistics {
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
            queuedMessages = queued,
            pacedTime = paced,
        )
    }

    init {
        scope.launch {
            while (true) {
                delay(options.sweepInterval)
                sessions.sweep(options.idleSession)
                received.sweep()
                givenUp.sweep()
            }
        }
    }

    /** The client has come back, perhaps as another user, or to the server under another address. */
    fun moveTo(
        serverBaseUrl: String?,
        user: UserInfo,
    ) {
        this.serverBaseUrl = serverBaseUrl
        ownContext = contextAs(user)
        backSince = options.timeSource.markNow()
    }

    private fun contextAs(user: UserInfo) = CallContext(me, me, workspace, null, connectionType, null, format.limits, knownUser = user)

    /** The other clients that owe this one a reply; not the workspace managers, who are there as long as their server is. */
    fun awaited(): Set<String> =
        sessions.targets { it.call != null }.filterTo(HashSet()) { it != me && workspaceOf(it, workspace) != MANAGER_WORKSPACE }

    /** The link is lost over which the calls have left that wait: those that may run twice are made again. */
    fun repeatLost() {
        sessions.closeAll { it.call?.mayBeLost == true }.forEach { it.call?.lose() }
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

    /**
     * A client is gone: the calls of ours to it fail (protocol §10.4). What is here for it stays for a while, for it may
     * [come back][Absences].
     */
    fun peerGone(
        peer: String,
        reason: String = "Client disconnected: $peer",
    ): PeerCleanup {
        val cleanup = PeerCleanup(sessions.countFor(peer), interfaces.countFor(peer))
        sessions.closeAll { it.target == peer && it.call != null }.forEach { it.call?.fail(PeerGoneException(reason)) }
        absences.begin(peer)
        return cleanup
    }

    /** Whether there is anything for [peer], or on its behalf, but calls of ours. */
    fun hasAnyFor(peer: String): Boolean =
        incoming.hasAnyFrom(peer) || received.hasAnyFrom(peer) || interfaces.countFor(peer) > 0 || sessions.countFor(peer) > 0

    /** [peer] does not come back: nothing is kept for it. */
    fun forget(peer: String) {
        incoming.cancelAllFrom(peer)
        received.dropAllFrom(peer)
        sessions.closeAll { it.target == peer && it.call == null }
        interfaces.peerGone(peer)
    }

    /**
     * The server does not know [peer], to which nothing is lent any more then. But not when this client has just come back: a server that was
     * started anew knows nobody at first, and they all come back, each in its own time.
     */
    fun peerNotFound(peer: String) {
        if (absences.isAbsent(peer)) return
        val since = backSince
        if (since == null || since.elapsedNow() >= ReturnTime) interfaces.peerGone(peer)
    }

    /** Ends every call in both directions, and refuses new ones. The scope belongs to the owner of this endpoint. */
    fun close(cause: HyphaException) {
        closedBecause = cause
        // Everybody gets an exception of his own: what is added to one on its way up must not show in the others.
        sessions.closeAll { true }.forEach { it.call?.fail(ConnectionClosedException(cause.message.orEmpty(), cause.cause)) }
        received.clear()
    }

    private companion object {
        const val INTERFACES = "services._rintf_"
        val ReturnTime = 10.seconds
    }
}
