package io.hypha.rpc.connection

import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.transport.ConnectionInfo
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.Transport
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.doubleOrNull
import kotlin.time.Duration

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
        // The address that the server gave is the one to come back to.
        this.identity = link.info.let { Identity(it.clientId, it.workspace, complete.token, it.reconnectionToken) }
        return link
    }

    /**
     * Opens another link for the same client. The token to come back with is tried first; when the server refuses it, because it has run out
     * or the server is another one by now, the other token is tried alone (protocol §15.1, Q3).
     */
    suspend fun again(): Link {
        val known = identity ?: throw ConnectionClosedException("Connection is closed")
        if (known.reconnectionToken == null) return openWithout(known)
        try {
            return open(known)
        } catch (e: HyphaException) {
            if (!isFinal(e, Duration.INFINITE)) throw e
            logger.log(HyphaLogger.Level.Info, "the server refused the token to come back with: ${e.message}; trying without it", null)
            return openWithout(known, refusal = e)
        }
    }

    private suspend fun openWithout(
        known: Identity,
        refusal: HyphaException? = null,
    ): Link {
        val token =
            try {
                if (tokens == null) known.token else tokens.fresh()
            } catch (e: HyphaException) {
                // Its provider may give one the next time.
                throw ConnectionClosedException("no token to come back with: ${e.message}", e)
            }
        update { it.with(token = token) }
        try {
            return open(known.with(token = token, reconnectionToken = null))
        } catch (e: HyphaException) {
            if (refusal != null) e.addSuppressed(refusal)
            throw e
        }
    }

    private suspend fun open(identity: Identity): Link {
        val link = transport.open(identity)
        var isRight = false
        try {
            requireSame(link.info, identity)
            isRight = true
        } finally {
            if (!isRight) link.close("it is not the link that was asked for")
        }
        update { it.with(reconnectionToken = link.info.reconnectionToken) }
        return link
    }

    /** Everything that others know of this client is under its address. */
    private fun requireSame(
        info: ConnectionInfo,
        identity: Identity,
    ) {
        val wanted = "${identity.workspace}/${identity.clientId}"
        val given = "${info.workspace}/${info.clientId}"
        if (given != wanted) throw AuthenticationException("the server connected this client as $given, not as $wanted")
    }

    /** Has the token replaced before it ends, as long as this runs. */
    suspend fun keepTokenFresh(info: ConnectionInfo) {
        val renewal = tokens ?: return
        val token = identity?.token ?: return
        val expiry = expiryOf(token) ?: (info.user["expires_at"] as? JsonPrimitive)?.doubleOrNull?.toLong() ?: return
        renewal.keepFresh(expiry) { fresh -> update { it.with(token = fresh) } }
    }

    /** The reader and the renewal of the token may both have something new: neither takes back what the other has set. */
    fun update(change: (Identity) -> Identity) {
        lock.withLock { identity = identity?.let(change) }
    }
}

internal fun Identity.with(
    workspace: String? = this.workspace,
    token: String? = this.token,
    reconnectionToken: String? = this.reconnectionToken,
) = Identity(clientId, workspace, token, reconnectionToken)
