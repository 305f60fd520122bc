package io.hypha.rpc.hub.service

import io.hypha.rpc.hub.auth.requireValue

/**
 * The id of a service, or a pattern for ids, in its four parts (protocol §7.4): `workspace/client:service@app`. A `*` stands for
 * any run of characters.
 */
internal class ServiceId(
    val workspace: String,
    val client: String,
    val service: String,
    val app: String,
) {
    /** As the clients know it: without the app. */
    val full: String get() = "$workspace/$client:$service"

    /** Everything, for error messages and as a key. */
    override fun toString(): String = "$full@$app"

    companion object {
        /** The workspace manager itself, in the caller's workspace or another one. */
        const val MANAGER = "~"

        /**
         * Reads an id and fills in what it leaves out: the workspace [workspace], any client, any app.
         *
         * @throws HubProblem when a separator occurs twice, or in the wrong order, or the service is missing.
         */
        fun parse(
            text: String,
            workspace: String,
        ): ServiceId {
            requireValue(text.length <= LONGEST) { "A service id may have at most $LONGEST characters" }
            val ok = SEPARATORS.all { separator -> text.count { it == separator } <= 1 }
            val app = text.substringAfter('@', "*")
            val path = text.substringBefore('@')
            val name = path.substringAfter('/')
            val id =
                ServiceId(
                    workspace = if ('/' in path) path.substringBefore('/') else workspace,
                    client = if (':' in name) name.substringBefore(':') else "*",
                    service = name.substringAfter(':'),
                    app = app,
                )
            val complete = listOf(id.workspace, id.client, id.service, id.app).all { it.isNotEmpty() && it.none(SEPARATORS::contains) }
            requireValue(ok && complete) { "Invalid service id: $text. It must be like workspace/client:service@app" }
            return id
        }

        private const val SEPARATORS = "/:@"

        /** Patterns are compared with ids one by one, which takes the longer the longer both are. */
        const val LONGEST = 1024
    }
}
