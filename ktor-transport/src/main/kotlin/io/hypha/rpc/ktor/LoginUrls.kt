package io.hypha.rpc.ktor

import io.hypha.rpc.ProtocolException
import java.net.URI
import java.net.URISyntaxException

/** The address of a server for browsers: that of its WebSocket (protocol §1.1) without `/ws`. */
internal fun httpUrl(url: String): String = "http" + webSocketUrl(url).removePrefix("ws").removeSuffix("/ws")

/**
 * An address that the login service gave: as it is, or below that of the server when it is relative. Some services do not know the path
 * below which their server is reached. A browser is to open it, so nothing but the web will do.
 */
internal fun absoluteUrl(
    given: String,
    serverUrl: String,
    name: String,
): String {
    val address = escaped(given)
    val uri =
        try {
            URI(address)
        } catch (_: URISyntaxException) {
            // Without the cause, which quotes the address, and with it the key.
            throw ProtocolException("the login service gave a $name that is no valid address")
        }
    val scheme = uri.scheme
    if (scheme != null) {
        val isWeb = scheme.lowercase() in setOf("http", "https") && !uri.rawAuthority.isNullOrEmpty()
        if (!isWeb) throw ProtocolException("the login service gave a $name that is no address of the web")
        return address
    }
    if (address.startsWith("//")) return serverUrl.substringBefore(':') + ":" + address
    val path = URI(serverUrl).rawPath.orEmpty()
    return when {
        !address.startsWith("/") -> "$serverUrl/$address"
        path.isNotEmpty() && address.startsWith("$path/") -> serverUrl.removeSuffix(path) + address
        else -> serverUrl + address
    }
}

/** Servers put the ids of workspaces into addresses as they are, also those with a `|`, which every browser takes but no [URI]. */
private fun escaped(url: String): String = url.replace("|", "%7C")

/** Scheme, host and path: keys stand in what follows. */
internal fun withoutSecrets(url: String): String = url.substringBefore('?').substringBefore('#')
