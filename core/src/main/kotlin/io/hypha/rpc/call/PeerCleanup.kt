package io.hypha.rpc.call

/**
 * What ended because a client left (protocol §10.1).
 *
 * @property sessions calls, functions and streams in use.
 * @property interfaces interface objects that were sent to it.
 */
internal class PeerCleanup(
    val sessions: Int,
    val interfaces: Int,
)
