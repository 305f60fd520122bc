package io.hypha.rpc.conformance.python

/**
 * One message of a recorded conversation.
 *
 * @property peer the client on whose connection it was recorded.
 * @property isFromClient whether the client sent it; else the server delivered it.
 * @property text the content of a text frame.
 * @property key the key under which a long message was uploaded piece by piece.
 * @property segments the routing segment and the payload as plain values, see [plainValue].
 */
internal class RecordedMessage(
    val scenario: String,
    val peer: String,
    val isFromClient: Boolean,
    val kind: Kind,
    val text: String?,
    val key: String?,
    val segments: List<Map<String, Any?>>,
) {
    enum class Kind { Text, Binary, Long, Close }

    val main: Map<String, Any?> get() = segments.firstOrNull().orEmpty()
    val payload: Map<String, Any?> get() = segments.getOrElse(1) { emptyMap() }
    val method: String get() = main["method"] as? String ?: ""

    /** The session that the sender opened for this call; null for what expects no reply. */
    val session: String? get() = main["session"] as? String
    val args: List<Any?> get() = (payload["args"] as? List<*>).orEmpty()
    val isHeartbeat: Boolean get() = session == null && method.endsWith(".heartbeat")

    /** Whether it is the call with [session], or something that was called in that session. */
    fun belongsTo(session: String): Boolean = this.session == session || method.startsWith("$session.")

    fun withArgs(args: List<Any?>): RecordedMessage = with(main, payload + ("args" to args))

    /** The same kind of call of another function, which has no parameters. */
    fun ofFunction(path: String): RecordedMessage = with(main + ("method" to path), payload - "args")

    private fun with(
        main: Map<String, Any?>,
        payload: Map<String, Any?>,
    ) = RecordedMessage(scenario, peer, isFromClient, kind, text, key, listOf(main, payload))

    override fun toString(): String = "${if (isFromClient) ">" else "<"} $method of '$scenario'"
}
