package io.hypha.rpc.hub.login

import java.net.URI
import java.net.URLEncoder

/** Where the login pages are. */
internal object LoginAddress {
    const val PAGE = "/public/apps/hypha-login"
    const val LOGOUT = "$PAGE/logout"
    const val SERVICE = "/public/services/hypha-login"

    /** The page for one login; what the program wants stands in it only for people to see. */
    fun page(
        baseUrl: String,
        session: LoginSession,
    ): String {
        val wants =
            listOfNotNull(
                session.request.workspace?.let { "workspace=${encoded(it)}" },
                session.request.life?.let { "expires_in=$it" },
            )
        return (listOf("$baseUrl$PAGE/?key=${encoded(session.key)}") + wants).joinToString("&")
    }

    fun logout(baseUrl: String): String = baseUrl + LOGOUT

    /** Scheme, host and port as browsers write them; null when [url] has none. */
    fun originOf(url: String): String? {
        val uri = runCatching { URI(url) }.getOrNull() ?: return null
        val scheme = uri.scheme?.lowercase() ?: return null
        val host = uri.host?.lowercase() ?: return null
        val usual = if (scheme == "https") HTTPS else HTTP
        return if (uri.port == -1 || uri.port == usual) "$scheme://$host" else "$scheme://$host:${uri.port}"
    }

    private fun encoded(text: String): String = URLEncoder.encode(text, "UTF-8")

    private const val HTTP = 80
    private const val HTTPS = 443
}
