package io.hypha.rpc.ktor

import java.net.URI
import java.net.URISyntaxException

/**
 * The WebSocket address of a server (protocol §1.1): `http` becomes `ws`, trailing slashes go, and `/ws` is added unless it is there.
 * A `ws` address with a path of its own is left alone.
 *
 * @throws IllegalArgumentException when [url] is no address of a server.
 */
internal fun webSocketUrl(url: String): String {
    require(url.isNotBlank()) { "server_url is required" }
    val uri =
        try {
            URI(url.trim())
        } catch (e: URISyntaxException) {
            // Without the cause, which quotes the URL: there may be a token in it, where it does not belong.
            throw IllegalArgumentException("the server URL is not valid: ${e.reason} at index ${e.index}")
        }
    val isSecure =
        when (uri.scheme?.lowercase()) {
            "http", "ws" -> false
            "https", "wss" -> true
            else -> throw IllegalArgumentException("the server URL must begin with http://, https://, ws:// or wss://")
        }
    require(!uri.host.isNullOrEmpty()) { "the server URL names no host" }
    // Tokens travel in the first message, never in the address, where every proxy would log them.
    require(uri.rawQuery == null && uri.rawUserInfo == null) {
        "the server URL must hold neither a query nor a user; pass the token as an option"
    }
    val path = uri.rawPath.orEmpty().trimEnd('/')
    val isGiven = uri.scheme.lowercase().startsWith("ws") && path.isNotEmpty()
    val endpoint = if (isGiven || path.endsWith("/ws")) path else "$path/ws"
    return (if (isSecure) "wss://" else "ws://") + uri.rawAuthority + endpoint
}
