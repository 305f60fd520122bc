package io.hypha.rpc.ktor

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.Transport
import io.ktor.client.HttpClient
import io.ktor.client.plugins.websocket.DefaultClientWebSocketSession
import io.ktor.client.plugins.websocket.webSocketSession
import io.ktor.client.request.header
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancel
import kotlinx.coroutines.withTimeoutOrNull

/** Opens a WebSocket, says who is there and waits for the server's answer. */
@InternalHyphaApi
internal class KtorWebSocketTransport(
    private val url: String,
    private val options: ConnectOptions,
) : Transport {
    override suspend fun open(identity: Identity): Link {
        val client = SocketClient.of(url, options)
        var session: DefaultClientWebSocketSession? = null
        var isOpen = false
        try {
            val link =
                withTimeoutOrNull(options.connectTimeout) {
                    val opened = connect(client.http).also { session = it }
                    val frames = client.framesOf(opened)
                    KtorLink(opened, frames, handshake(opened, frames, identity), client.owned)
                } ?: throw ConnectionClosedException("$url did not answer the handshake within ${options.connectTimeout}")
            isOpen = true
            return link
        } finally {
            // Also when the time ran out, or the caller gave up, just after the handshake: nobody has the link then.
            if (!isOpen) {
                session?.cancel()
                client.close()
            }
        }
    }

    private suspend fun connect(client: HttpClient): DefaultClientWebSocketSession {
        var request: Job? = null
        return try {
            client.webSocketSession(url) {
                request = executionContext
                options.headers.forEach { (name, value) -> header(name, value) }
            }
        } catch (e: CancellationException) {
            // Ktor runs the request in the client, where it would go on, and keep a socket that nobody has.
            request?.cancel()
            throw e
        } catch (e: HyphaException) {
            throw e
        } catch (
            // Every engine has exceptions of its own for a host that is unknown, a port that is closed or an upgrade that is refused.
            @Suppress("TooGenericExceptionCaught") e: Exception,
        ) {
            throw ConnectionClosedException("cannot connect to $url: ${e.message ?: e::class.simpleName}", e)
        }
    }
}
