package io.hypha.rpc.connection

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.FrameSink
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.Transport
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.async
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.selects.select
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.concurrent.Volatile
import kotlin.time.ComparableTimeMark
import kotlin.time.Duration

/**
 * Owns the links of a client, one after the other. One coroutine does it all, so that there are never two links, nor two attempts to make
 * one: it lives with a link until that ends, and then makes another one when the policy says so (protocol §1.11).
 */
internal class Connection(
    transport: Transport,
    private val scope: CoroutineScope,
    private val settings: ConnectionSettings,
    tokens: TokenRenewal? = null,
) {
    private val states = MutableStateFlow<ConnectionState>(ConnectionState.Connecting)
    private val opener = LinkOpener(transport, tokens, settings.logger)
    private val reports = StateReports(states, settings.metrics, settings.logger) { opener.identity }
    private val queue = SendQueue(settings, scope)

    /** Somebody wants another link at once. */
    private val wishes = Channel<Unit>(Channel.CONFLATED)

    @Volatile
    private var link: Link? = null

    /** The link of the moment, or the last one. */
    @Volatile
    private var latest: LiveLink? = null

    @Volatile
    private var generation = 0

    val state: StateFlow<ConnectionState> = states.asStateFlow()

    /** How many links this connection has had. */
    val madeLinks: Int get() = generation

    /** How many messages wait to leave. */
    val queued: Int get() = queue.queued

    /** How long messages have waited in all because of the server's limits. */
    val pacedFor: Duration get() = queue.pacedFor

    /** Where messages leave. */
    val sink: FrameSink get() = queue

    /** Who this client is, with the newest tokens. */
    val identity: Identity? get() = opener.identity

    val connectionType: String get() = link?.connectionType.orEmpty()

    /** Opens the first link as [identity]. Nothing is read before [start]. */
    suspend fun open(identity: Identity): ConnectionInfo = opener.first(identity).also(::take).info

    /**
     * Suspends until messages flow, or never will any more.
     *
     * @throws ConnectionClosedException when they do not in the time that a message waits for a link.
     */
    suspend fun awaitOpen() {
        if (states.value is ConnectionState.Connected) return
        val patience = settings.reconnectWait
        withTimeoutOrNull(patience) { states.first { it is ConnectionState.Connected || it is ConnectionState.Closed } }
            ?: throw ConnectionClosedException("the connection is lost and did not come back within $patience", didNotRun = true)
    }

    /** Lives with the link that is open, and with those that follow it. */
    fun start(handler: ConnectionHandler) {
        val first = alive(link ?: throw closed(), handler)
        take(first.link)
        queue.open(first.link)
        if (!enter(ConnectionState.Connected(++generation))) throw closed()
        scope.launch {
            val cause = causeOf(settings.logger) { run(first, handler) }
            if (!end(cause)) return@launch
            settings.logger.log(HyphaLogger.Level.Warn, "the connection${name()} has ended for good: ${cause.message}", null)
            handler.onClosed(cause)
        }
    }

    private fun alive(
        link: Link,
        handler: ConnectionHandler,
    ) = LiveLink(link, settings, handler::onMessage, { token -> opener.update { it.with(reconnectionToken = token) } }, queue::review)

    /** The life of the connection; returns why it is over. */
    private suspend fun run(
        first: LiveLink,
        handler: ConnectionHandler,
    ): HyphaException {
        val attempts = Attempts(settings.reconnect, settings.timeSource, settings.logger)
        var end = live(first) { }
        while (!end.isFinal) {
            val wait = attempts.after(end) ?: return attempts.farewell(end.cause)
            var isOpen = announce(attempts, end.cause, wait)
            if (isOpen && isWantedWithin(wait)) isOpen = announce(attempts, end.cause, attempts.anew())
            // Whoever has closed it ends this coroutine as well, but perhaps not at once.
            if (!isOpen) return end.cause
            end = comeBack(handler, attempts)
        }
        return ConnectionClosedException("Server refused reconnection: ${end.cause.message}", end.cause)
    }

    private fun announce(
        attempts: Attempts,
        cause: HyphaException,
        wait: Duration,
    ) = enter(ConnectionState.Reconnecting(attempts.number, cause, wait))

    /** Waits for [time], or until somebody wants another link at once: then it is true. */
    private suspend fun isWantedWithin(time: Duration): Boolean = time.isPositive() && withTimeoutOrNull(time) { wishes.receive() } != null

    /** Makes another link and lives with it. */
    private suspend fun comeBack(
        handler: ConnectionHandler,
        attempts: Attempts,
    ): LinkEnd {
        var opened: Link? = null
        var living: LiveLink? = null
        try {
            val failure =
                coroutineScope {
                    val opening = async { failureOf { opened = opener.again() } }
                    select {
                        opening.onAwait { failure -> failure?.let { LinkEnd(it, isFinal = isFinal(it, attempts.downtime)) } }
                        wishes.onReceive { LinkEnd(wanted(), isWanted = true).also { opening.cancel() } }
                    }
                }
            if (failure != null) return failure
            living = alive(opened ?: throw closed(), handler)
            failureOf { take(checkNotNull(living).link) }?.let { return LinkEnd(it) }
            return live(living) { restore(living, handler) }
        } finally {
            // Also when the client was closed, or another link asked for, just after the handshake.
            (living?.link ?: opened)?.close(LINK_ENDED)
        }
    }

    private suspend fun restore(
        living: LiveLink,
        handler: ConnectionHandler,
    ) {
        queue.restore(living.link)
        handler.restore(living.link.info)
        queue.open(living.link)
        if (enter(ConnectionState.Connected(++generation))) handler.onRestored(living.link.info)
    }

    /** Lives with [living] until it ends; messages flow once [begin] has returned. */
    private suspend fun live(
        living: LiveLink,
        begin: suspend () -> Unit,
    ): LinkEnd {
        var since: ComparableTimeMark? = null
        var failure: HyphaException? = null
        var isWanted = false
        latest = living
        // Not part of the link's life: a provider of tokens that takes its time to stop holds nobody up.
        val renewal = scope.launch { opener.keepTokenFresh(living.link.info) }
        val end =
            try {
                living.live {
                    launch {
                        wishes.receive()
                        isWanted = true
                        living.end(WANTED)
                    }
                    failure = failureOf(begin)
                    if (failure == null) since = settings.timeSource.markNow() else living.end(NOT_RESTORED)
                }
            } finally {
                renewal.cancel()
            }
        queue.ended(end)
        queue.shut()
        val lost = ConnectionClosedException("Connection lost: ${end.reason.ifEmpty { "the server closed it" }} (code ${end.code})")
        return LinkEnd(if (isWanted) wanted() else failure ?: lost, since?.elapsedNow(), isWanted)
    }

    private fun name() = identity?.let { " of ${it.workspace}/${it.clientId}" }.orEmpty()

    private fun wanted() = ConnectionClosedException(WANTED)

    /** Gives up the link, the wait for one, or the attempt to make one, and makes another one at once. */
    fun forceReconnect() {
        // What is being connected for the first time is new anyway.
        if (states.value == ConnectionState.Connecting) return
        // What is sent from now on waits for the other link.
        queue.shut()
        wishes.trySend(Unit)
    }

    /** The link is of no use any more, although it does not say so: it counts as lost, for [reason]. */
    fun lose(reason: String) {
        latest?.end(reason)
    }

    /** Ends the connection for good, [cause] being null when the user wants it; true for the first who does. */
    fun close(cause: HyphaException? = null): Boolean = end(cause)

    private fun end(cause: HyphaException?): Boolean {
        if (!enter(ConnectionState.Closed(cause))) return false
        queue.end(cause)
        link?.close("the client has closed the connection")
        link = null
        return true
    }

    /**
     * False when the connection is closed: that is the end. Under no lock, for whoever collects the states without a dispatcher, or with that of
     * the main thread, may run here.
     */
    private fun enter(state: ConnectionState): Boolean {
        do {
            val before = states.value
            if (before is ConnectionState.Closed) return false
        } while (!states.compareAndSet(before, state))
        reports.catchUp()
        return true
    }

    /** Whoever closes at the same time wins: either that one sees the link, or the end is seen here. */
    private fun take(opened: Link) {
        link = opened
        if (states.value !is ConnectionState.Closed) return
        link = null
        opened.close("the client was closed")
        throw closed()
    }

    private fun closed(): ConnectionClosedException {
        val cause = (states.value as? ConnectionState.Closed)?.cause
        return ConnectionClosedException(cause?.message ?: "Connection is closed", cause)
    }

    private companion object {
        const val LINK_ENDED = "the client has ended the link"
        const val WANTED = "another link was asked for"
        const val NOT_RESTORED = "what the server has to know could not be restored"
    }
}
