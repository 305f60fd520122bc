package io.hypha.rpc.call

import io.hypha.rpc.ProtocolException
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.PlainValues
import io.hypha.rpc.wire.WireLimits
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/**
 * Where and how the reply of a call goes (protocol §3.4), from either form of `promise`.
 *
 * @property target the caller, absolute.
 * @property session the caller's session; every message into it carries it as its parent.
 * @property heartbeat the path of the heartbeat function, or null when none is wanted.
 * @property interval the time between heartbeats.
 */
internal class ReplyAddress private constructor(
    val target: String,
    val session: String,
    val resolve: String,
    val reject: String,
    val heartbeat: String?,
    val interval: Duration,
) {
    companion object {
        /** For callers that do not say how often (protocol §15.2, Q12). */
        private val DefaultInterval = 15.seconds

        /** A caller cannot make us send more often than this. */
        private val ShortestInterval = 50.milliseconds
        private val LongestInterval = 3600.seconds

        /** The short form: `promise` is `"*"`. */
        fun of(
            from: String,
            session: String,
            seconds: Double?,
        ): ReplyAddress = ReplyAddress(from, session, "$session.resolve", "$session.reject", "$session.heartbeat", interval(seconds))

        /** The explicit form: a map of method objects. */
        fun of(
            envelope: CallEnvelope,
            from: String,
            session: String?,
            limits: WireLimits,
        ): ReplyAddress? {
            if (envelope.repliesToSender) return session?.let { of(from, it, envelope.heartbeatSeconds) }
            val promise = envelope.promise ?: return null
            val entries = PlainValues.read(MsgPackReader(promise, limits)) as Map<*, *>
            val resolve = method(entries, "resolve") ?: throw ProtocolException("the promise of a call has no 'resolve'")
            val path = path(resolve, "resolve")
            // A caller could otherwise have us call functions of a third client, which trusts us and not the caller.
            val target = absoluteAddress(resolve["_rtarget"] as? String ?: from, workspaceOf(from, ""))
            if (target != from) throw ProtocolException("the promise of a call names $target, who is not the caller")
            return ReplyAddress(
                target = from,
                session = session ?: path.substringBefore('.'),
                resolve = path,
                reject = path(method(entries, "reject") ?: throw ProtocolException("the promise of a call has no 'reject'"), "reject"),
                heartbeat = method(entries, "heartbeat")?.let { path(it, "heartbeat") },
                interval = interval((entries["interval"] as? Number)?.toDouble() ?: envelope.heartbeatSeconds),
            )
        }

        private fun method(
            entries: Map<*, *>,
            name: String,
        ): Map<*, *>? = entries[name] as? Map<*, *>

        private fun path(
            method: Map<*, *>,
            name: String,
        ): String {
            val path = method["_rmethod"] as? String ?: throw ProtocolException("'$name' in the promise of a call has no '_rmethod'")
            if (path.length > CallHeader.LONGEST_NAME) throw ProtocolException("'$name' in the promise of a call is too long")
            return path
        }

        private fun interval(seconds: Double?): Duration =
            if (seconds == null || !(seconds > 0)) DefaultInterval else seconds.seconds.coerceIn(ShortestInterval, LongestInterval)
    }
}
