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
 * Besides the types of Kotlin, arguments and results may be an `InputStream`, a `ByteBuffer` or a `BigInteger`.
 *
 * @throws IllegalArgumentException when the URL or an option is not valid.
 * @throws io.hypha.rpc.AuthenticationException when the server refuses this client, with the server's reason.
 * @throws io.hypha.rpc.ConnectionClosedException when the server cannot be reached or does not answer within the connect timeout.
 */
@OptIn(InternalHyphaApi::class)
public suspend fun connectToServer(
    url: String,
    configure: ConnectOptions.() -> Unit = {},
): HyphaConnection {
    val options = ConnectOptions().apply(configure)
    // The user's own codecs come first: the first one that fits a value is used.
    options.codecs = options.codecs + JvmCodecs.all
    return HyphaConnection.connect(KtorWebSocketTransport(webSocketUrl(url), options), options)
}
