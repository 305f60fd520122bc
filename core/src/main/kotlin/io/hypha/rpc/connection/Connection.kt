package io.hypha.rpc.connection

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.FrameSink
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.Transport
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.selects.select
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.doubleOrNull
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
    private val tokens: TokenRenewal? = null,
) {
    private val lock = Lock()
    private val states = MutableStateFlow<ConnectionState>(ConnectionState.Connecting)
    private val opener = LinkOpener(transport, tokens, settings.logger)
    private val reports = StateReports(settings.metrics, settings.logger) { opener.identity }
    private val queue = SendQueue(settings, scope)

    /** Somebody wants the next attempt at once. */
    private val nudge = Channel<Unit>(Channel.CONFLATED)

    @Volatile
    private var link: Link? = null

    @Volatile
    private var live: LiveLink? = null

    @Volatile
    private var generation = 0

    /** The link was ended to have another one at once. */
    @Volatile
    private var isForced = false

    val state: StateFlow<ConnectionState> = states.asStateFlow()

    /** How many links this connection has had. */
    val madeLinks: Int get() = generation

    /** Where messages leave. */
    val sink: FrameSink get() = queue

    /** Who this client is, with the newest tokens. */
    val identity: Identity? get() = opener.identity

    val connectionType: String get() = link?.connectionType.orEmpty()

    /** Opens the first link as [identity]. Nothing is read before [start]. */
    suspend fun open(identity: Identity): ConnectionInfo = opener.first(identity).also(::take).info

    /** Lives with the link that is open, and with those that follow it. */
    fun start(handler: ConnectionHandler) {
        val first = link ?: throw closed()
        if (!enter(ConnectionState.Connected(++generation))) throw closed()
        queue.open(first)
        scope.launch {
            val cause = run(first, handler)
            if (!end(cause)) return@launch
            settings.logger.log(HyphaLogger.Level.Warn, "the connection has ended for good: ${cause.message}", null)
            handler.onClosed(cause)
        }
    }

    /** The life of the connection; returns why it is over. */
    private suspend fun run(
        first: Link,
        handler: ConnectionHandler,
    ): HyphaException {
        val attempts = Attempts(settings.timeSource)
        var loss = live(first, handler) { }
        while (true) {
            if (loss.lived != null) attempts.lost(loss.lived, isForced)
            val wait = waitBefore(attempts.next(loss.cause)) ?: return loss.cause
            enter(ConnectionState.Reconnecting(attempts.number, loss.cause, wait))
            if (wait.isPositive()) withTimeoutOrNull(wait) { nudge.receive() }
            loss =
                try {
                    comeBack(handler)
                } catch (e: HyphaException) {
                    if (isFinal(e)) return ConnectionClosedException("Server refused reconnection: ${e.message}", e)
                    Loss(e, lived = null)
                }
        }
    }

    private fun waitBefore(attempt: ReconnectAttempt): Duration? {
        val wait =
            try {
                settings.reconnect.delayBefore(attempt)
            } catch (
                @Suppress("TooGenericExceptionCaught") e: Exception,
            ) {
                settings.logger.log(HyphaLogger.Level.Error, "the reconnect policy failed, so there is no further attempt", e)
                null
            }
        return if (isForced && wait != null) Duration.ZERO.also { isForced = false } else wait
    }

    /** Makes another link and lives with it. */
    private suspend fun comeBack(handler: ConnectionHandler): Loss {
        var opened: Link? = null
        try {
            coroutineScope {
                val opening = async { opened = opener.again() }
                select {
                    opening.onAwait { }
                    nudge.onReceive {
                        opening.cancelAndJoin()
                        throw ConnectionClosedException("the attempt was given up for another one at once")
                    }
                }
            }
            val next = opened ?: throw closed()
            take(next)
            return live(next, handler) {
                queue.restore(next)
                handler.restore(next.info)
                if (!enter(ConnectionState.Connected(++generation))) return@live
                queue.open(next)
                handler.onRestored(next.info)
            }
        } finally {
            // Also when the client was closed just after the handshake.
            opened?.close("the client has ended the link")
        }
    }

    /** Lives with [link] until it ends; it counts as connected when [begin] has returned. */
    private suspend fun live(
        link: Link,
        handler: ConnectionHandler,
        begin: suspend () -> Unit,
    ): Loss {
        var since: ComparableTimeMark? = null
        var failure: HyphaException? = null
        val living = LiveLink(link, settings, handler::onMessage) { token -> opener.update { it.with(reconnectionToken = token) } }
        live = living
        val end =
            living.live {
                try {
                    begin()
                } catch (e: HyphaException) {
                    failure = e
                    return@live living.end("what the server has to know could not be restored")
                }
                since = settings.timeSource.markNow()
                keepTokenFresh(link.info)
            }
        live = null
        queue.ended(end)
        queue.shut()
        val cause =
            failure ?: ConnectionClosedException("Connection lost: ${end.reason.ifEmpty { "the server closed it" }} (code ${end.code})")
        return Loss(cause, since?.elapsedNow())
    }

    private suspend fun keepTokenFresh(info: ConnectionInfo) {
        val renewal = tokens ?: return
        val token = identity?.token ?: return
        val expiry = expiryOf(token) ?: (info.user["expires_at"] as? JsonPrimitive)?.doubleOrNull?.toLong() ?: return
        renewal.keepFresh(expiry) { fresh -> opener.update { it.with(token = fresh) } }
    }

    /** Gives the link up, or the wait for one, and makes another one at once. */
    fun forceReconnect() {
        val current = live
        if (current == null) {
            nudge.trySend(Unit)
        } else {
            isForced = true
            current.end("another link was asked for")
        }
    }

    /** Ends the connection for good, [cause] being null when the user wants it; true for the first who does. */
    fun close(cause: HyphaException? = null): Boolean = end(cause)

    private fun end(cause: HyphaException?): Boolean {
        if (!enter(ConnectionState.Closed(cause))) return false
        queue.end(cause)
        lock.withLock { link.also { link = null } }?.close("the client has closed the connection")
        return true
    }

    /** False when the connection is closed: that is the end. */
    private fun enter(state: ConnectionState): Boolean {
        val before =
            lock.withLock {
                val before = states.value
                if (before is ConnectionState.Closed) return false
                states.value = state
                before
            }
        reports.tell(before, state)
        return true
    }

    /** Whoever closes at the same time wins. */
    private fun take(opened: Link) {
        val isLate =
            lock.withLock {
                val isClosed = states.value is ConnectionState.Closed
                if (!isClosed) link = opened
                isClosed
            }
        if (!isLate) return
        opened.close("the client was closed")
        throw closed()
    }

    private fun closed(): ConnectionClosedException {
        val cause = (states.value as? ConnectionState.Closed)?.cause
        return ConnectionClosedException(cause?.message ?: "Connection is closed", cause)
    }

    /**
     * How a link ended.
     *
     * @property lived how long it was connected; null when it never came so far.
     */
    private class Loss(
        val cause: HyphaException,
        val lived: Duration?,
    )
}
