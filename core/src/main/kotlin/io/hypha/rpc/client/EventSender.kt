package io.hypha.rpc.client

import io.hypha.rpc.EncodingException
import io.hypha.rpc.call.InterfaceLoans
import io.hypha.rpc.call.MessageReferences
import io.hypha.rpc.call.RpcEndpoint
import io.hypha.rpc.call.absoluteAddress
import io.hypha.rpc.transport.Urgency
import io.hypha.rpc.value.References
import io.hypha.rpc.wire.ByteChain
import io.hypha.rpc.wire.MsgPackWriter
import io.hypha.rpc.wire.RoutingHeader

/** Sends events to other clients (protocol §10.1, §10.2). */
internal class EventSender(
    private val endpoint: RpcEndpoint,
) {
    suspend fun send(
        type: String,
        data: Any?,
        to: String,
        more: Map<String, Any?>,
    ) {
        require(type !in ServerEvents.reserved) { "'$type' is an event of the server; give an event of your own another type" }
        val target = absoluteAddress(requireTarget(to), endpoint.workspace)
        val content = more + ("data" to data)
        if (!target.endsWith("/*")) {
            val loans = InterfaceLoans()
            val references = MessageReferences(endpoint, target, loans = loans) { throw EncodingException(NO_SESSION) }
            return loans.settling {
                endpoint.longMessages.send(
                    target,
                    event(type, target, content, references),
                    lane = target,
                    loans = loans,
                )
            }
        }
        val references = MessageReferences(endpoint, target) { throw EncodingException(NOT_FOR_ALL) }
        val message = event(type, target, content, references)
        if (endpoint.longMessages.isLong(message)) {
            throw EncodingException("an event for everybody must fit in one frame; this one has ${message.size} bytes")
        }
        endpoint.sink.send(message, lane = target, Urgency.Ordinary)
    }

    private fun event(
        type: String,
        target: String,
        content: Map<String, Any?>,
        references: References,
    ): ByteChain {
        val out = MsgPackWriter()
        RoutingHeader(type, target, endpoint.me).write(out)
        endpoint.format.write(content, out, references)
        return out.finish()
    }

    private fun requireTarget(to: String): String {
        val parts = to.split('/')
        require(parts.size <= 2 && parts.none(String::isBlank)) {
            "an event goes to '*', a client or 'workspace/client', not to '$to'"
        }
        return to
    }

    companion object {
        private const val NO_SESSION = "functions and streams live as long as a call: in an event send an interface object"
        private const val NOT_FOR_ALL = "functions and streams cannot be sent to everybody"
        private val stamped = setOf("type", "from", "to", "ws", "user", "ctx", "data")

        /** What is wrong with any event, sent or not. */
        fun requireValid(
            type: String,
            more: Map<String, Any?>,
        ) {
            require(type != "method") { "'method' is the type of calls, not of events" }
            require(type.isNotBlank()) { "an event needs a type" }
            val taken = more.keys.firstOrNull { it in stamped }
            require(taken == null) { "the entry '$taken' of an event has a meaning of its own; choose another name, or put it into data" }
        }
    }
}
