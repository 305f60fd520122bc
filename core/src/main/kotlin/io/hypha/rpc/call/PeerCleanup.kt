package io.hypha.rpc.call

/**
 * What there was for a client that has left (protocol §10.1): calls end at once, the rest when it does not come back.
 *
 * @property sessions calls, functions and streams in use.
 * @property interfaces interface objects that were sent to it.
 */
internal class PeerCleanup(
    val sessions: Int,
    val interfaces: Int,
)
