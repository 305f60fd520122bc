package io.hypha.rpc.ktor

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.transport.Identity
import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.Transport
import io.ktor.client.HttpClient
import io.ktor.client.HttpClientConfig
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.websocket.DefaultClientWebSocketSession
import io.ktor.client.plugins.websocket.WebSockets
import io.ktor.client.plugins.websocket.webSocketSession
import io.ktor.client.request.header
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancel
import kotlinx.coroutines.withTimeoutOrNull
import java.net.URI

/** Opens a WebSocket, says who is there and waits for the server's answer. */
@InternalHyphaApi
internal class KtorWebSocketTransport(
    private val url: String,
    private val options: ConnectOptions,
) : Transport {
    override suspend fun open(identity: Identity): Link {
        val given = options.httpClient
        val client = given ?: newClient()
        var session: DefaultClientWebSocketSession? = null
        var isOpen = false
        try {
            val link =
                withTimeoutOrNull(options.connectTimeout) {
                    val opened = connect(client).also { session = it }
                    KtorLink(opened, handshake(opened, identity), ownedClient = client.takeIf { given == null })
                } ?: throw ConnectionClosedException("$url did not answer the handshake within ${options.connectTimeout}")
            isOpen = true
            return link
        } finally {
            // Also when the time ran out, or the caller gave up, just after the handshake: nobody has the link then.
            if (!isOpen) {
                session?.cancel()
                if (given == null) client.close()
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

    private fun newClient(): HttpClient {
        val factory =
            options.engine ?: return HttpClient(CIO) {
                val address = URI(url)
                if (address.scheme == "wss") engine { https { (options.tls ?: TlsSettings.platform()).applyTo(this, address.host) } }
                configure("CIO")
            }
        // Not its class's name, which a minified application has lost.
        val name = factory.toString()
        return HttpClient(factory) { configure(name) }
    }

    private fun HttpClientConfig<*>.configure(engine: String) {
        expectSuccess = false
        // The JDK's client goes on with a handshake that nobody waits for any more, unless it has a limit of its own.
        if (engine == "Java" && options.connectTimeout.isFinite()) {
            install(HttpTimeout) { connectTimeoutMillis = options.connectTimeout.inWholeMilliseconds.coerceAtLeast(1) }
        }
        install(WebSockets) {
            // OkHttp pushes frames from a thread that cannot wait, and has no frame limit to set.
            if (engine != "OkHttp") {
                maxFrameSize = options.maxFrameSize
                channels { incoming = bounded(INCOMING_FRAMES) }
            }
            channels { outgoing = bounded(OUTGOING_FRAMES) }
        }
    }

    private companion object {
        const val INCOMING_FRAMES = 64
        const val OUTGOING_FRAMES = 16
    }
}
