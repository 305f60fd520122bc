package io.hypha.rpc.ktor

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.jvm.JvmCodecs

/**
 * Connects to the Hypha server at [url], such as `https://hypha.aicell.io` or `http://127.0.0.1:9527`.
 *
 * ```
 * val server = connectToServer("http://127.0.0.1:9527") { token = System.getenv("HYPHA_TOKEN") }
 * ```
 *
 * One attempt is made, whatever the reason for which it fails; only a connection that was made comes back when it is lost
 * ([reconnect][io.hypha.rpc.client.HyphaOptions.reconnect]).
 *
 * Besides the types of Kotlin, arguments and results may be an `InputStream`, a `ByteBuffer` or a `BigInteger`.
 *
 * @throws IllegalArgumentException when the URL or an option is not valid.
 * @throws io.hypha.rpc.AuthenticationException when the server refuses this client, with the server's reason.
 * @throws io.hypha.rpc.PermissionDeniedException when this client may not enter the workspace.
 * @throws io.hypha.rpc.OverloadedException when the server is busy, or has as many connections as it takes.
 * @throws io.hypha.rpc.ConnectionClosedException when the server cannot be reached or does not answer within the connect timeout.
 */
public suspend fun connectToServer(
    url: String,
    configure: ConnectOptions.() -> Unit = {},
): HyphaConnection = connect(url, ConnectOptions().apply(configure))

/**
 * Connects to the Hypha server that the environment names (protocol §1.14): the URL is `HYPHA_SERVER_URL`, and unless they are set here, the
 * token is `HYPHA_TOKEN`, the workspace `HYPHA_WORKSPACE` and the client id `HYPHA_CLIENT_ID`. Variables that are not set, or empty, count
 * for nothing. A token from the environment is sent to no other server than the one that stands there too.
 *
 * @throws IllegalArgumentException when there is no `HYPHA_SERVER_URL`, or it or an option is not valid.
 * @throws io.hypha.rpc.AuthenticationException when the server refuses this client, with the server's reason.
 * @throws io.hypha.rpc.PermissionDeniedException when this client may not enter the workspace.
 * @throws io.hypha.rpc.OverloadedException when the server is busy, or has as many connections as it takes.
 * @throws io.hypha.rpc.ConnectionClosedException when the server cannot be reached or does not answer within the connect timeout.
 */
public suspend fun connectToServer(configure: ConnectOptions.() -> Unit = {}): HyphaConnection {
    val options = ConnectOptions().apply(configure)
    val environment = options.environment
    val url = environment.serverUrl()
    if (options.token == null && options.tokenProvider == null) options.token = environment.text(TOKEN)
    options.workspace = options.workspace ?: environment.text(WORKSPACE)
    options.clientId = options.clientId ?: environment.text(CLIENT_ID)
    return connect(url, options)
}

@OptIn(InternalHyphaApi::class)
internal suspend fun connect(
    url: String,
    options: ConnectOptions,
): HyphaConnection {
    require(options.tls == null || (options.engine == null && options.httpClient == null)) {
        "tls is for CIO, the engine that is used when none is given; another engine, or an httpClient of your own, is set up by itself"
    }
    // The user's own codecs come first: the first one that fits a value is used.
    options.codecs = options.codecs + JvmCodecs.all
    return HyphaConnection.connect(KtorWebSocketTransport(webSocketUrl(url), options), options)
}
