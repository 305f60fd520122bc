package io.hypha.rpc.call

import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.RoutingHeader
import io.hypha.rpc.wire.WireLimits

/**
 * The routing header of a call, complete: everything in it was written by the server, or is absent (protocol §2.2, §2.6).
 *
 * @property from the caller, absolute.
 * @property to the client that is called, absolute.
 * @property workspace the caller's workspace, or for a manager the one that it serves.
 * @property method the path that is called.
 * @property session the caller's session, when it expects a reply.
 * @property parent the session of ours in whose course this call happens.
 * @property user the caller's user, encoded; decoded only when somebody asks.
 */
internal class CallHeader(
    val from: String,
    val to: String,
    val workspace: String,
    val method: String,
    val session: String?,
    val parent: String?,
    val user: Bytes?,
) {
    fun context(
        connectionType: String,
        limits: WireLimits,
    ): CallContext = CallContext(from, to, workspace, session, connectionType, user, limits)

    companion object {
        /**
         * No name of the protocol is longer, and a refusal repeats them: what is longer must not come back, nor wait here to be sent.
         */
        const val LONGEST_NAME: Int = 4096

        /**
         * The header of a `method` message, or null when it lacks the caller or the path, or has a name that is too long to answer to. A
         * path that is too long is cut off, and so is that of no function.
         */
        fun of(
            header: RoutingHeader,
            workspace: String,
            me: String,
        ): CallHeader? {
            val from = absoluteAddress(header.from ?: return null, workspace)
            val method = header.method ?: return null
            if (listOf(
                    from,
                    header.to,
                    header.session,
                    header.parent,
                    header.ws,
                ).any { it != null && it.length > LONGEST_NAME }
            ) {
                return null
            }
            return CallHeader(
                from = from,
                to = absoluteAddress(header.to ?: me, workspaceOf(from, workspace)),
                workspace = header.ws ?: workspaceOf(from, workspace),
                method = if (method.length > LONGEST_NAME) method.take(LONGEST_NAME) + "…" else method,
                session = header.session,
                parent = header.parent,
                user = header.user,
            )
        }
    }
}
