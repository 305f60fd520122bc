package io.hypha.rpc.hub.login

import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers

/** What a person with a browser does: opens pages and sends their forms. */
internal object Browser {
    private val http = HttpClient.newHttpClient()

    fun open(url: String): HttpResponse<String> = http.send(HttpRequest.newBuilder(URI(url)).build(), BodyHandlers.ofString())

    /** Opens the page, types into its form and sends it with the fields that were in it. */
    fun logIn(
        url: String,
        user: String,
        password: String? = null,
        headers: Map<String, String> = mapOf("Origin" to originOf(url)),
    ): HttpResponse<String> {
        val page = open(url).body()
        check("name=\"user\"" in page) { "no form in: $page" }
        val typed = hiddenFields(page) + ("user" to user) + if (password == null) emptyMap() else mapOf("password" to password)
        return submit(url.substringBefore('?') + "?", typed, headers)
    }

    fun submit(
        url: String,
        fields: Map<String, String>,
        headers: Map<String, String> = emptyMap(),
    ): HttpResponse<String> {
        val body = fields.map { (name, value) -> "$name=${URLEncoder.encode(value, "UTF-8")}" }.joinToString("&")
        return post(url, body, mapOf("Content-Type" to "application/x-www-form-urlencoded") + headers)
    }

    fun post(
        url: String,
        body: String,
        headers: Map<String, String>,
    ): HttpResponse<String> {
        val request = HttpRequest.newBuilder(URI(url)).POST(BodyPublishers.ofString(body))
        headers.forEach { (name, value) -> request.header(name, value) }
        return http.send(request.build(), BodyHandlers.ofString())
    }

    fun hiddenFields(page: String): Map<String, String> =
        Regex("""<input type="hidden" name="([^"]*)" value="([^"]*)">""").findAll(page).associate { it.groupValues[1] to it.groupValues[2] }

    private fun originOf(url: String): String = URI(url).let { "${it.scheme}://${it.authority}" }
}
