package io.hypha.rpc.ktor

import java.net.URI
import java.net.URISyntaxException

private const val FORM = "it must be like https://server/workspace/services/service, or …/client:service, each with an optional @app"
private val workspaces = Regex("[a-z0-9_-]+")
private val names = Regex("""[A-Za-z0-9_|*-]+""")

/**
 * The parts of the address of a service (protocol §7.6): `https://server/workspace/services/[client:]service[@app]`. The server may have a base
 * path, as in `https://example.org/hypha/workspace/services/service`. A query (`?…`) is ignored.
 *
 * @throws IllegalArgumentException when [url] is no address of a service.
 */
public fun parseServiceUrl(url: String): ServiceUrl {
    fun problem(what: String): Nothing = throw IllegalArgumentException("the service URL $what; $FORM")
    val uri =
        try {
            URI(withoutQuery(url.trim()))
        } catch (e: URISyntaxException) {
            // Without the cause, which quotes the URL, and with it what somebody put in front of the host.
            throw IllegalArgumentException("the service URL is not valid: ${e.reason} at index ${e.index}; $FORM")
        }
    if (uri.scheme?.lowercase() !in setOf("http", "https")) problem("must begin with http:// or https://")
    if (uri.host.isNullOrEmpty()) problem("names no host")
    if (uri.rawUserInfo != null) problem("must not hold a user")
    val steps =
        uri.rawPath
            .orEmpty()
            .trimEnd('/')
            .split('/')
            .drop(1)
    val at = steps.lastIndex - 1
    if (at < 0 || steps[at] != "services") problem("has no '/services/' before its last part")
    if (at == 0 || !workspaces.matches(steps[at - 1])) {
        problem("has no workspace in front of '/services/': lower-case letters, digits, '-' and '_'")
    }
    val base = steps.take(at - 1)
    if (base.any(String::isEmpty)) problem("has an empty part in its path")
    val last = steps.last()
    val service = last.substringBefore('@')
    val client = if (':' in service) service.substringBefore(':') else "*"
    val app = last.substringAfter('@', "*")
    val parts = listOf("client" to client, "service" to service.substringAfter(':'), "app" to app)
    for ((part, text) in parts) if (!names.matches(text)) problem("has no valid $part: '$text'")
    val server = listOf("${uri.scheme.lowercase()}://${uri.rawAuthority}") + base
    return ServiceUrl(server.joinToString("/"), steps[at - 1], client, service.substringAfter(':'), app)
}

/** Queries hold what programs put there, perhaps a token: they are cut off before anything can fail and quote them. */
private fun withoutQuery(url: String): String = url.substringBefore('?').substringBefore('#')
