package io.hypha.rpc.connection

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkEvent
import io.hypha.rpc.transport.Transport
import io.hypha.rpc.wire.ByteChain
import io.hypha.rpc.wire.Bytes
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.doubleOrNull
import kotlin.concurrent.Volatile
import kotlin.time.Duration

/** Owns the link of a client and its generation: opens it, reads it, keeps it alive and ends it. */
internal class Connection(
    private val transport: Transport,
    private val scope: CoroutineScope,
    private val pingInterval: Duration,
    private val refreshInterval: Duration,
    private val logger: HyphaLogger,
    private val tokens: TokenRenewal? = null,
) {
    private val lock = Lock()
    private val states = MutableStateFlow<ConnectionState>(ConnectionState.Connecting)
    private var generation = 0

    @Volatile
    private var link: Link? = null

    /** Who this client is, with the newest tokens: what the next link is opened with. Null before the first one is. */
    @Volatile
    var identity: Identity? = null
        private set

    val state: StateFlow<ConnectionState> = states.asStateFlow()

    val connectionType: String get() = link?.connectionType.orEmpty()

    /** Opens the link as [identity], with the provider's token where there is one. Nothing is read before [start]. */
    suspend fun open(identity: Identity): ConnectionInfo {
        val complete = if (tokens == null) identity else identity.with(token = tokens.fresh())
        this.identity = complete
        val opened = transport.open(complete)
        val isLate =
            lock.withLock {
                val isClosed = states.value is ConnectionState.Closed
                if (!isClosed) link = opened
                isClosed
            }
        if (isLate) {
            opened.close("the client was closed")
            throw closed()
        }
        update { it.with(reconnectionToken = opened.info.reconnectionToken) }
        return opened.info
    }

    /** Reads the link until it ends. */
    fun start(handler: ConnectionHandler) {
        val opened =
            lock.withLock {
                // Whoever closes at the same time wins: closed is the end.
                link?.also { states.value = ConnectionState.Connected(++generation) }
            } ?: throw closed()
        scope.launch {
            val keepAlive = KeepAlive(opened, pingInterval, refreshInterval, logger)
            val beats =
                launch {
                    launch { keepAlive.ping() }
                    launch { keepTokenFresh(opened.info) }
                    keepAlive.refresh()
                }
            val end = read(opened, handler)
            beats.cancelAndJoin()
            val cause = ConnectionClosedException("Connection lost: ${end.reason.ifEmpty { "the server closed it" }} (code ${end.code})")
            if (end(cause)) handler.onClosed(cause)
        }
    }

    private suspend fun read(
        link: Link,
        handler: ConnectionHandler,
    ): LinkEvent.Closed {
        while (true) {
            when (val event = next(link)) {
                is LinkEvent.Message -> deliver(event.bytes, handler)
                is LinkEvent.Pong -> Unit
                is LinkEvent.ReconnectionToken -> update { it.with(reconnectionToken = event.token) }
                is LinkEvent.Closed -> return event
            }
        }
    }

    private suspend fun keepTokenFresh(info: ConnectionInfo) {
        val renewal = tokens ?: return
        val token = identity?.token ?: return
        val expiry = expiryOf(token) ?: (info.user["expires_at"] as? JsonPrimitive)?.doubleOrNull?.toLong() ?: return
        renewal.keepFresh(expiry) { fresh -> update { it.with(token = fresh) } }
    }

    private fun update(change: (Identity) -> Identity) {
        lock.withLock { identity = identity?.let(change) }
    }

    private fun Identity.with(
        token: String? = this.token,
        reconnectionToken: String? = this.reconnectionToken,
    ) = Identity(clientId, workspace, token, reconnectionToken)

    /** A link that fails in a way of its own has ended: what waits for replies over it must hear of it. */
    private suspend fun next(link: Link): LinkEvent =
        try {
            link.receive()
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Exception,
        ) {
            currentCoroutineContext().ensureActive()
            logger.log(HyphaLogger.Level.Warn, "the link failed", e)
            LinkEvent.Closed(ABRUPT, "the link failed: ${e::class.simpleName}")
        }

    /** One message costs itself at most: a fault of this library, or of a logger, must not leave a connection that nobody reads. */
    private fun deliver(
        message: Bytes,
        handler: ConnectionHandler,
    ) {
        try {
            handler.onMessage(message)
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Exception,
        ) {
            logger.log(HyphaLogger.Level.Error, "a message was dropped because taking it failed", e)
        }
    }

    suspend fun send(message: ByteChain) {
        (link ?: throw closed()).send(message)
    }

    /** Ends the connection for good, [cause] being null when the user wants it; true for the first who does. */
    fun close(cause: HyphaException? = null): Boolean = end(cause)

    private fun end(cause: HyphaException?): Boolean {
        val ended =
            lock.withLock {
                if (states.value is ConnectionState.Closed) return false
                states.value = ConnectionState.Closed(cause)
                link.also { link = null }
            }
        ended?.close("the client has closed the connection")
        return true
    }

    private fun closed(): ConnectionClosedException {
        val cause = (states.value as? ConnectionState.Closed)?.cause
        return ConnectionClosedException(cause?.message ?: "Connection is closed", cause)
    }

    private companion object {
        /** The code of WebSocket for an end without a close frame. */
        const val ABRUPT = 1006
    }
}
