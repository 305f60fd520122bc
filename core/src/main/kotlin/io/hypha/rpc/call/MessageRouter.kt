package io.hypha.rpc.call

import io.hypha.rpc.HyphaException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.ProtocolException
import io.hypha.rpc.debug
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.PlainValues
import io.hypha.rpc.wire.RoutingHeader

/**
 * Takes every message that arrives, in order, and changes the state of sessions at once (protocol §3.6). It never waits and never runs
 * code of a user; whatever takes time is started elsewhere. A bad message costs a log entry, or its caller a refusal, and nothing
 * else.
 */
internal class MessageRouter(
    private val endpoint: RpcEndpoint,
    private val onEvent: (header: RoutingHeader, message: Bytes) -> Unit,
) {
    private val replies = IncomingReplies(endpoint)
    private val unreadable = SparseWarning(endpoint.logger, endpoint.options.timeSource)

    /** Takes one message as it came over the link. */
    fun route(message: Bytes) {
        try {
            val reader = MsgPackReader(message, endpoint.format.limits)
            val header = RoutingHeader.read(reader)
            route(header, message, message.slice(reader.position))
        } catch (e: HyphaException) {
            unreadable.warn("a message that cannot be read was dropped: ${e.message}")
        }
    }

    /**
     * Takes a message that arrived in pieces. Who it is from is what the server said of the sender of the pieces, not what the message
     * itself says (protocol §6.2).
     */
    fun routeLong(
        message: Bytes,
        context: CallContext,
    ) {
        val reader = MsgPackReader(message, endpoint.format.limits)
        val inner = RoutingHeader.read(reader)
        val stamped =
            RoutingHeader(
                inner.type,
                context.to,
                context.from,
                inner.method,
                inner.session,
                inner.parent,
                context.workspace,
                context.encodedUser,
            )
        route(stamped, message, message.slice(reader.position))
    }

    private fun route(
        header: RoutingHeader,
        message: Bytes,
        payload: Bytes,
    ) {
        when (header.type) {
            "method" -> {
                val call = CallHeader.of(header, endpoint.workspace, endpoint.me)
                if (call ==
                    null
                ) {
                    drop("a call without a sender or a method, or with names that are none")
                } else {
                    routeMethod(call, payload, message.size)
                }
            }

            "peer_not_found" -> {
                // Only the server sends messages without a sender: a client cannot end the calls of others.
                if (header.from == null) peerNotFound(message) else drop("a peer_not_found of ${header.from}")
            }

            else -> {
                onEvent(header, message)
            }
        }
    }

    private fun routeMethod(
        header: CallHeader,
        payload: Bytes,
        size: Int,
    ) {
        // The server refuses messages in the name of clients that are not there (protocol §2.5).
        if (!header.method.endsWith(REJECT)) endpoint.absences.heard(header.from)
        val envelope =
            try {
                CallEnvelope.open(payload, endpoint.format.limits)
            } catch (e: ProtocolException) {
                if (!replies.failUnread(header, e)) refuseUnread(header, e)
                return
            }
        if (envelope.cancels) {
            header.session?.let { endpoint.incoming.cancel(header.from, it) }
            return
        }
        val dot = header.method.indexOf('.')
        val first = if (dot < 0) header.method else header.method.substring(0, dot)
        when {
            endpoint.workspace != MANAGER_WORKSPACE && workspaceOf(header.to, endpoint.workspace) != endpoint.workspace -> {
                refuse(
                    header,
                    envelope,
                    PermissionDeniedException("Workspace mismatch: ${workspaceOf(header.to, "")} != ${endpoint.workspace}"),
                )
            }

            first == "services" && dot > 0 -> {
                serviceCall(header, envelope, size)
            }

            dot < 0 -> {
                refuse(header, envelope, MethodNotFoundException("Method not found: ${name(header)} at ${endpoint.clientId}"))
            }

            else -> {
                sessionCall(header, envelope, size, first, header.method.substring(dot + 1))
            }
        }
    }

    private fun serviceCall(
        header: CallHeader,
        envelope: CallEnvelope,
        size: Int,
    ) {
        val call = incoming(header, envelope) ?: return
        val lookup = { endpoint.methods.resolve(header.method, call.context) }
        if (header.method.startsWith(BUILT_IN)) {
            endpoint.incoming.startBuiltIn(call, size, lookup)
        } else {
            endpoint.incoming.startServiceCall(call, size, lookup)
        }
    }

    private fun sessionCall(
        header: CallHeader,
        envelope: CallEnvelope,
        size: Int,
        sessionId: String,
        objectId: String,
    ) {
        val session = endpoint.sessions.find(sessionId)
        val parent = header.parent
        when {
            session == null -> {
                endpoint.givenUp.heard(header.from, sessionId)
                refuse(header, envelope, MethodNotFoundException("Session not found: ${name(header)}"))
            }

            session.target != header.from -> {
                refuse(
                    header,
                    envelope,
                    PermissionDeniedException(
                        "Access denied for method call (${name(header)}) from ${header.from} to target ${session.target}",
                    ),
                )
            }

            session.call != null && objectId in IncomingReplies.names -> {
                replies.take(objectId, session, session.call, envelope)
            }

            parent != null && endpoint.sessions.find(parent) == null -> {
                refuse(header, envelope, MethodNotFoundException("Parent session was closed: $parent"))
            }

            else -> {
                endpoint.sessions.use(session)
                callback(header, envelope, size, session, objectId)
            }
        }
    }

    private fun callback(
        header: CallHeader,
        envelope: CallEnvelope,
        size: Int,
        session: Session,
        objectId: String,
    ) {
        val exported =
            session.find(objectId)
                ?: return refuse(header, envelope, MethodNotFoundException("Method expired or not found: ${name(header)}"))
        val call = incoming(header, envelope) ?: return
        call.isStream = exported is Exported.StreamPart
        endpoint.incoming.startCallback(call, size, session, exported.function)
    }

    private fun incoming(
        header: CallHeader,
        envelope: CallEnvelope,
        kept: CallEnvelope = envelope,
    ): IncomingCall? =
        try {
            IncomingCall(endpoint, header, kept, ReplyAddress.of(envelope, header.from, header.session, endpoint.format.limits))
        } catch (e: HyphaException) {
            refuseUnread(header, e)
            null
        }

    private fun refuse(
        header: CallHeader,
        envelope: CallEnvelope,
        cause: HyphaException,
    ) {
        // A reply, heartbeat or callback for a session that has ended is part of normal life (protocol §3.5, §3.6).
        if (!envelope.expectsReply) return drop(cause.message.orEmpty())
        // Not kept with its arguments: a refusal may wait for the link, and would hold the whole message until then.
        val call = incoming(header, envelope, kept = CallEnvelope.Empty) ?: return
        endpoint.incoming.refuse(call, cause)
    }

    /** The payload cannot be read, so neither can the reply instructions: the session is all there is to answer to. */
    private fun refuseUnread(
        header: CallHeader,
        cause: HyphaException,
    ) {
        val session = header.session ?: return drop("a message whose payload cannot be read: ${cause.message}")
        val call = IncomingCall(endpoint, header, CallEnvelope.Empty, ReplyAddress.of(header.from, session, null))
        endpoint.incoming.refuse(call, cause)
    }

    private fun peerNotFound(message: Bytes) {
        val entries = PlainValues.read(MsgPackReader(message, endpoint.format.limits)) as? Map<*, *> ?: return
        val peer = entries["peer_id"] as? String
        val text = entries["error"] as? String
        val session = (entries["session"] as? String)?.let(endpoint.sessions::find)
        if (session != null && endpoint.sessions.close(session)) {
            // The server names the session of the message that it could not deliver: that call did not run.
            session.call?.fail(PeerGoneException(text ?: "Peer ${peer ?: session.target} is not connected", didNotRun = true))
        }
        peer?.let { endpoint.peerGone(absoluteAddress(it, endpoint.workspace), text ?: "Peer $it is not connected") }
    }

    private fun drop(what: String) {
        endpoint.logger.debug { "dropped: $what" }
    }

    private fun name(header: CallHeader) = "${header.from}:${header.method}"

    private companion object {
        const val BUILT_IN = "services.built-in."
        const val REJECT = ".reject"
    }
}
