package io.hypha.rpc.conformance.login

import java.net.Socket
import java.net.URI
import java.net.URLEncoder

/** What a browser shows. */
internal class Page(
    val status: Int,
    val body: String,
)

/** A person with a browser that keeps no log, which the HTTP clients of the JDK do: opens the login page and sends its form. */
internal object Browser {
    private val hidden = Regex("""<input type="hidden" name="([^"]*)" value="([^"]*)">""")

    fun open(url: String): Page = exchange(url, "GET", emptyMap(), "")

    /** Logs in as [user] and returns what the browser shows then. */
    fun logIn(
        url: String,
        user: String,
        password: String = "",
    ): Page {
        val kept = hidden.findAll(open(url).body).associate { it.groupValues[1] to it.groupValues[2] }
        val fields = kept + mapOf("user" to user, "password" to password)
        val body = fields.map { (name, value) -> "$name=${URLEncoder.encode(value, "UTF-8")}" }.joinToString("&")
        val origin = URI(url).let { "${it.scheme}://${it.authority}" }
        return exchange(
            url.substringBefore('?') + "?",
            "POST",
            mapOf(
                "Content-Type" to "application/x-www-form-urlencoded",
                "Origin" to origin,
            ),
            body,
        )
    }

    private fun exchange(
        url: String,
        method: String,
        headers: Map<String, String>,
        body: String,
    ): Page {
        val uri = URI(url)
        val all = headers + mapOf("Host" to uri.authority, "Connection" to "close", "Content-Length" to "${body.length}")
        val target = uri.rawPath + (uri.rawQuery?.let { "?$it" } ?: "")
        val request = listOf("$method $target HTTP/1.1") + all.map { (name, value) -> "$name: $value" } + listOf("", body)
        val answer =
            Socket(uri.host, uri.port).use { socket ->
                socket.getOutputStream().write(request.joinToString("\r\n").encodeToByteArray())
                socket.getInputStream().readBytes().decodeToString()
            }
        return Page(answer.split(' ')[1].toInt(), answer.substringAfter("\r\n\r\n"))
    }
}
