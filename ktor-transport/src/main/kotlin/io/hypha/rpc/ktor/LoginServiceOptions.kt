package io.hypha.rpc.ktor

import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.connection.ReconnectPolicy
import io.ktor.client.HttpClient
import io.ktor.client.engine.HttpClientEngineFactory
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** How to reach the login service of a server. */
public abstract class LoginServiceOptions internal constructor() {
    /** The id of the login service. */
    public var loginServiceId: String = "public/hypha-login"

    /** How long connecting may take, and every answer that waits for no person. 30 seconds. */
    public var connectTimeout: Duration = 30.seconds

    /** Headers to add to the upgrade request, such as those that a proxy asks for. */
    public var headers: Map<String, String> = emptyMap()

    /** The Ktor engine that opens the socket; CIO by default. */
    public var engine: HttpClientEngineFactory<*>? = null

    /** A client of your own, as in [ConnectOptions.httpClient]; it is not closed. */
    public var httpClient: HttpClient? = null

    /** Whom to trust, as in [ConnectOptions.tls]. */
    public var tls: TlsSettings? = null

    /** Where to say what happens; SLF4J by default. Addresses with a key in them are never said. */
    public var logger: HyphaLogger = Slf4jLogger

    /** Where the URL of the server is read from when none is given. */
    public var environment: HyphaEnvironment = HyphaEnvironment.Process

    /** An anonymous connection. */
    internal fun toConnectOptions(): ConnectOptions {
        val from = this
        return ConnectOptions().apply {
            timeout = from.connectTimeout
            // Whoever waits for a person is told at once when the server ends.
            reconnect = ReconnectPolicy.Never
            connectTimeout = from.connectTimeout
            headers = from.headers
            engine = from.engine
            httpClient = from.httpClient
            tls = from.tls
            logger = from.logger
        }
    }
}
