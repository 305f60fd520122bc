package io.hypha.rpc.ktor

import io.hypha.rpc.ProtocolException

/**
 * A login that waits for a person (protocol §9.5). Whoever knows its key or one of its addresses can complete it or fetch its token: show
 * them to that person only, and log nothing of it.
 *
 * @property loginUrl the address for the person's browser; always `http` or `https`.
 * @property key the key of the login.
 * @property reportUrl where the login page reports the token, if the server says so.
 * @property checkUrl where a program may ask for the token over HTTP, if the server says so.
 * @property generateUrl where a person makes a token by hand, if the server has such a page.
 * @property entries everything that the server said, as it said it.
 */
public class LoginContext internal constructor(
    public val loginUrl: String,
    public val key: String,
    public val reportUrl: String?,
    public val checkUrl: String?,
    public val generateUrl: String?,
    public val entries: Map<String, Any?>,
) {
    /** Names the server; never the key. */
    override fun toString(): String = "LoginContext(${withoutSecrets(loginUrl)})"

    internal companion object {
        internal fun of(
            entries: Map<String, Any?>,
            serverUrl: String,
        ): LoginContext {
            fun url(name: String): String? = (entries[name] as? String)?.let { absoluteUrl(it, serverUrl, name) }
            return LoginContext(
                loginUrl = url("login_url") ?: throw missing("login_url"),
                key = entries["key"] as? String ?: throw missing("key"),
                reportUrl = url("report_url"),
                checkUrl = url("check_url"),
                generateUrl = url("generate_url"),
                entries = entries,
            )
        }

        private fun missing(name: String) = ProtocolException("the login service's answer to start has no text under '$name'")
    }
}
