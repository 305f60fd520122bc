package io.hypha.rpc.connection

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.Transport

/** Opens the links of one client, and knows with what: who it is, and its newest tokens. */
internal class LinkOpener(
    private val transport: Transport,
    private val tokens: TokenRenewal?,
    private val logger: HyphaLogger,
) {
    private val lock = Lock()

    /** Who this client is, with the newest tokens: what the next link is opened with. Null before the first one is. */
    var identity: Identity? = null
        get() = lock.withLock { field }
        private set(value) = lock.withLock { field = value }

    /** Opens the first link as [identity], with the provider's token where there is one. */
    suspend fun first(identity: Identity): Link {
        val complete = if (tokens == null) identity else identity.with(token = tokens.fresh())
        this.identity = complete
        val link = transport.open(complete)
        this.identity = complete.with(workspace = link.info.workspace, reconnectionToken = link.info.reconnectionToken)
        return link
    }

    /**
     * Opens another link for the same client. The token to come back with is tried first; when the server refuses it, because it has run out
     * or the server is another one by now, the other token is tried alone (protocol §15.1, Q3).
     */
    suspend fun again(): Link {
        val known = identity ?: throw ConnectionClosedException("Connection is closed")
        if (known.reconnectionToken != null) {
            try {
                return transport.open(known).also(::take)
            } catch (e: HyphaException) {
                if (!isFinal(e)) throw e
                logger.log(HyphaLogger.Level.Info, "the server refused the token to come back with: ${e.message}; trying without it", null)
            }
        }
        val token =
            try {
                if (tokens == null) known.token else tokens.fresh()
            } catch (e: HyphaException) {
                // Its provider may give one the next time.
                throw ConnectionClosedException("no token to come back with: ${e.message}", e)
            }
        return transport.open(known.with(token = token, reconnectionToken = null)).also {
            update { identity -> identity.with(token = token) }
            take(it)
        }
    }

    fun update(change: (Identity) -> Identity) {
        identity = identity?.let(change)
    }

    private fun take(link: Link) = update { it.with(reconnectionToken = link.info.reconnectionToken) }
}

internal fun Identity.with(
    workspace: String? = this.workspace,
    token: String? = this.token,
    reconnectionToken: String? = this.reconnectionToken,
) = Identity(clientId, workspace, token, reconnectionToken)
