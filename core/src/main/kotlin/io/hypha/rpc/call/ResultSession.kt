package io.hypha.rpc.call

/**
 * Where the functions and generators of a result live: in the session that the call came into, when it is a callback, for that
 * session outlives the reply; else in a session of their own, made when the first of them is encoded (protocol §3.3).
 */
internal class ResultSession(
    private val endpoint: RpcEndpoint,
    private val header: CallHeader,
) {
    private var own: Session? = null

    /** For the next thing in the result. */
    fun get(): Session =
        outer()?.also(endpoint.sessions::reserve) ?: own ?: endpoint.openResult(header.from, header.session).also { own = it }

    private fun outer() = header.parent?.let(endpoint.sessions::find)?.takeIf { it.target == header.from }

    /** The reply did not go out: nobody knows of these functions. */
    fun discard() {
        own?.let(endpoint.sessions::close)
    }
}
