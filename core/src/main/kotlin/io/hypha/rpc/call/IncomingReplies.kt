package io.hypha.rpc.call

import io.hypha.rpc.ProtocolException

/**
 * Takes the three messages that concern a call of ours itself: `resolve`, `reject` and `heartbeat` (protocol §3.4). Callbacks that
 * arrived before the reply start before the call returns.
 */
internal class IncomingReplies(
    private val endpoint: RpcEndpoint,
) {
    /** Takes [name] for the call of [session]. */
    fun take(
        name: String,
        session: Session,
        call: OutgoingCall,
        envelope: CallEnvelope,
    ) {
        when (name) {
            HEARTBEAT -> call.heartbeat()
            RESOLVE -> end(session) { call.resolve(envelope.args) }
            REJECT -> end(session) { call.reject(envelope.args) }
        }
    }

    /** Fails the call whose reply cannot be read, for no other reply will come; false when the message was none. */
    fun failUnread(
        header: CallHeader,
        cause: ProtocolException,
    ): Boolean {
        val name = header.method.substringAfter('.')
        if (name != RESOLVE && name != REJECT) return false
        val session = endpoint.sessions.find(header.method.substringBefore('.')) ?: return false
        val call = session.call
        if (call == null || session.target != header.from) return false
        end(session) { call.fail(ProtocolException("the reply of ${header.from} cannot be read: ${cause.message}", cause)) }
        return true
    }

    private fun end(
        session: Session,
        settle: () -> Unit,
    ) {
        endpoint.sessions.close(session)
        val queue = session.queueOrNull()
        if (queue == null) settle() else queue.afterStarted(settle)
    }

    companion object {
        private const val HEARTBEAT = "heartbeat"
        private const val RESOLVE = "resolve"
        private const val REJECT = "reject"

        /** The names that mean the call itself, in the session of a call of ours. */
        val names: Set<String> = setOf(HEARTBEAT, RESOLVE, REJECT)
    }
}
