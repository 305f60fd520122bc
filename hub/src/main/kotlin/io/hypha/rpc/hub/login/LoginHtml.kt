package io.hypha.rpc.hub.login

import java.security.MessageDigest
import java.util.Base64

/** Writes the login pages: no script, nothing from elsewhere, every value escaped. */
internal object LoginHtml {
    private const val STYLE =
        "body{font:16px sans-serif;max-width:26rem;margin:4rem auto;padding:0 1rem;color:#222}" +
            "label,input,button{display:block;width:100%;box-sizing:border-box;font:inherit}" +
            "input{margin:.3rem 0 1rem;padding:.5rem}button{padding:.6rem}.problem{color:#a00}"

    /** Goes with every page: the browser keeps, frames, loads and runs nothing, and tells nobody the address with the key. */
    val headers: Map<String, String> =
        mapOf(
            "Cache-Control" to "no-store",
            "Content-Security-Policy" to
                "default-src 'none'; style-src 'sha256-${hash(STYLE)}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            "X-Frame-Options" to "DENY",
            "X-Content-Type-Options" to "nosniff",
            // Not no-referrer: then browsers would not say either where a form was sent from, and that is checked.
            "Referrer-Policy" to "same-origin",
        )

    /** A page that only says something. */
    fun message(
        title: String,
        text: String,
    ): String = page(title, "<p>${escaped(text)}</p>")

    /** The form for one login; it is sent to the path that it came from, without the key in the address. */
    fun form(
        session: LoginSession,
        asksForPassword: Boolean,
        problem: String?,
    ): String {
        val rows =
            listOfNotNull(
                problem?.let { """<p class="problem">${escaped(it)}</p>""" },
                "<p>${escaped(purpose(session.request))}</p>",
                """<form method="post" action="?"><input type="hidden" name="key" value="${escaped(session.key)}">""",
                """<label>User name <input name="user" required maxlength="128" autofocus autocomplete="username"></label>""",
                if (asksForPassword) PASSWORD else "<p>Any name will do: lower-case letters, digits, - and _.</p>",
                "<button>Log in</button></form>",
            )
        return page("Log in", rows.joinToString("\n"))
    }

    private fun purpose(request: LoginRequest): String {
        val workspace = request.workspace?.let { " for the workspace $it" }.orEmpty()
        val life = request.life?.let { ", good for $it seconds" }.orEmpty()
        return "A program asks for a token of yours$workspace$life. Log in only if you have just started it."
    }

    private fun page(
        title: String,
        body: String,
    ): String =
        """
        |<!doctype html>
        |<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        |<title>${escaped(title)} - Hypha</title><style>$STYLE</style></head>
        |<body><h1>${escaped(title)}</h1>
        |$body
        |</body></html>
        |
        """.trimMargin()

    private fun escaped(text: String): String =
        buildString {
            for (char in text) {
                when (char) {
                    '&' -> append("&amp;")
                    '<' -> append("&lt;")
                    '>' -> append("&gt;")
                    '"' -> append("&quot;")
                    '\'' -> append("&#39;")
                    else -> append(char)
                }
            }
        }

    private fun hash(text: String): String =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(text.encodeToByteArray()))

    private const val PASSWORD =
        """<label>Password <input type="password" name="password" required maxlength="1024" autocomplete="current-password"></label>"""
}
