package io.hypha.rpc.ktor

import io.hypha.rpc.client.HyphaOptions
import io.ktor.client.HttpClient
import io.ktor.client.engine.HttpClientEngineFactory

/** How to connect over WebSocket: everything of [HyphaOptions], and what concerns the socket. What happens is said to SLF4J: see [Slf4jLogger]. */
public class ConnectOptions : HyphaOptions() {
    init {
        logger = Slf4jLogger
    }

    /** Headers to add to the upgrade request, such as those that a proxy asks for. */
    public var headers: Map<String, String> = emptyMap()

    /** The Ktor engine that opens the socket, such as `OkHttp` on Android; CIO by default. */
    public var engine: HttpClientEngineFactory<*>? = null

    /**
     * A client of your own, with the `WebSockets` plugin installed and with your proxy, trust and engine settings. It is not closed with the
     * connection. Null to make one for this connection from [engine].
     */
    public var httpClient: HttpClient? = null

    /**
     * Whom to trust, and how to show who this program is, at an `https` address; null for what the platform trusts. For the engine CIO:
     * another one is set up through [httpClient].
     */
    public var tls: TlsSettings? = null

    /** What [connectToServer] reads when it is given no URL. */
    public var environment: HyphaEnvironment = HyphaEnvironment.Process

    /** The longest message that is accepted, in bytes. 32 MiB; servers send at most 16 MiB. */
    public var maxFrameSize: Long = 32L * 1024 * 1024
}
