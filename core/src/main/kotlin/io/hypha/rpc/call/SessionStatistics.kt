package io.hypha.rpc.call

/**
 * How much a connection keeps alive at this moment.
 *
 * @property sessions sessions: running calls, and results that hold live functions or open generators.
 * @property incomingCalls calls of others that are running here.
 * @property longMessages long messages that are arriving and not yet complete.
 */
public class SessionStatistics internal constructor(
    public val sessions: Int,
    public val incomingCalls: Int,
    public val longMessages: Int,
) {
    override fun toString(): String = "sessions=$sessions, incomingCalls=$incomingCalls, longMessages=$longMessages"
}
