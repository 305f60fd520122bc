package io.hypha.rpc.service

/**
 * The id under which a service is asked for, in its parts (protocol §7.4): `[workspace/][client:]service[@app]`. A `*` stands for any run of
 * characters, except in the workspace.
 *
 * @property workspace null for that of the caller.
 * @property client null for any.
 * @property app null for any.
 */
internal class ServiceId private constructor(
    val workspace: String?,
    val client: String?,
    val service: String,
    val app: String?,
) {
    companion object {
        /** The workspace manager itself. */
        const val MANAGER = "~"
        private const val FORM = "it must be like service, client:service or workspace/client:service, each with an optional @app"

        /** @throws IllegalArgumentException when [text] is no id of a service; nothing was sent. */
        fun parse(text: String): ServiceId {
            fun problem(what: String): Nothing = throw IllegalArgumentException("the service id '$text' $what; $FORM")
            require(text.isNotEmpty()) { "the service id is empty; $FORM" }
            text.firstOrNull { it.isWhitespace() || it.isISOControl() }?.let { problem("holds a space or a control character") }
            for (mark in "/:@") if (text.count { it == mark } > 1) problem("holds more than one '$mark'")
            val path = text.substringBefore('@')
            val name = path.substringAfter('/')
            if ('/' in text.substringAfter('@', "") || ':' in text.substringAfter('@', "")) problem("goes on after its @app")
            if (':' in path.substringBefore('/', "")) problem("has its ':' before its '/'")
            val id =
                ServiceId(
                    workspace = if ('/' in path) path.substringBefore('/') else null,
                    client = if (':' in name) name.substringBefore(':') else null,
                    service = name.substringAfter(':'),
                    app = if ('@' in text) text.substringAfter('@') else null,
                )
            when {
                id.workspace == "" -> problem("names no workspace before its '/'")
                id.client == "" -> problem("names no client before its ':'")
                id.service == "" -> problem("names no service")
                id.app == "" -> problem("names no application after its '@'")
                '*' in id.workspace.orEmpty() -> problem("has a '*' in its workspace, which must be one that is named")
                id.service == MANAGER && (id.client != null || id.app != null) -> problem("names a client or an @app of '~', the manager")
            }
            return id
        }
    }
}
