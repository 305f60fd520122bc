package io.hypha.rpc.call

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.EncodingException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.OverloadedException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.PermissionDeniedException
import io.hypha.rpc.ProtocolException
import io.hypha.rpc.RemoteException
import io.hypha.rpc.ServiceNotFoundException
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.PlainValues
import io.hypha.rpc.wire.WireLimits

/** How failures travel (protocol §3.8), and what a received one is on this side. */
internal object RemoteErrors {
    private const val MAX_TRACE_CHARACTERS = 16_384

    /** What a failure says may repeat what a peer has sent, and must not have this client send it back whole. */
    private const val MAX_TEXT_CHARACTERS = 65_536
    private const val HOP = "RemoteError: "
    private const val OVERLOADED = "OverloadedError"
    private const val PERMISSION = "PermissionError"
    private const val BUILT_IN = "services.built-in."
    private val notFound = listOf("Method expired or not found", "Session not found", "Method not found", "Invalid method")
    private val denied = listOf("Permission denied", "Access denied for method call", "Workspace mismatch: ")

    /** What the peers' own code throws, which says no more than no type at all. */
    private val plain = setOf(null, "Error", "Exception")

    /** What [cause] looks like to the other side: `Type: message`, without the prefixes of earlier hops. */
    fun encode(cause: Throwable): Map<String, Any?> = encode(text(cause), cause)

    /**
     * The same for what failed inside of the handler of [caller]'s call to [path] of [target]. The words with which a call is refused are
     * marked as those of another hop: coming from a call that the handler made, they must not say that the handler did not run.
     */
    fun encodeFromHandler(
        cause: Throwable,
        caller: String,
        path: String,
        target: String,
    ): Map<String, Any?> = encode(fromHandler(cause, caller, path, target), cause)

    private fun encode(
        text: String,
        cause: Throwable,
    ) = mapOf("_rtype" to "error", "_rvalue" to wellFormed(shortened(text)), "_rtrace" to wellFormed(trace(cause)))

    private fun shortened(text: String) = if (text.length > MAX_TEXT_CHARACTERS) text.take(MAX_TEXT_CHARACTERS) + "…" else text

    private fun fromHandler(
        cause: Throwable,
        caller: String,
        path: String,
        target: String,
    ): String {
        val text = text(cause)
        val proof = proof(text)
        // The functions that take the pieces of a long message refuse them before the call in it is even complete.
        val isRefusal =
            isMissing(proof, caller, path) || isUndelivered(proof, target) || (isOverload(proof, target) && !path.startsWith(BUILT_IN))
        return if (isRefusal) HOP + text else text
    }

    /** What the caller of [request] sees when [cause] ends it, without the way over the wire. */
    fun received(
        cause: Throwable,
        caller: String,
        request: CallRequest,
    ): HyphaException = classify(fromHandler(cause, caller, request.path, request.target), trace(cause), caller, request)

    private fun text(cause: Throwable): String {
        val message = cause.message.orEmpty()
        return when (cause) {
            // The texts of the protocol itself, which programs match on.
            is MethodNotFoundException, is PeerGoneException, is RemoteException -> message

            is PermissionDeniedException -> if (denied.any(message::startsWith)) message else "$PERMISSION: $message"

            is ServiceNotFoundException -> "KeyError: '$message'"

            is EncodingException -> "TypeError: $message"

            is ProtocolException -> "ValueError: $message"

            is OverloadedException -> "$OVERLOADED: $message"

            else -> "${cause::class.simpleName ?: "Error"}: $message"
        }
    }

    private fun trace(cause: Throwable): String =
        when (cause) {
            is RemoteException -> cause.remoteTrace
            is HyphaException -> ""
            else -> cause.stackTraceToString().take(MAX_TRACE_CHARACTERS)
        }

    /** Messages come from anywhere; half a character in one must not keep the caller waiting. */
    private fun wellFormed(text: String): String = text.encodeToByteArray().decodeToString()

    /** The failure in the arguments of a `reject` for [request], which [caller] made. */
    fun decode(
        args: Bytes?,
        limits: WireLimits,
        caller: String,
        request: CallRequest,
    ): HyphaException {
        val first = args?.let { (PlainValues.read(MsgPackReader(it, limits)) as? List<*>)?.firstOrNull() }
        val entries = first as? Map<*, *>
        val value = entries?.get("_rvalue") as? String ?: first as? String ?: "the peer gave no reason"
        return classify(value, entries?.get("_rtrace") as? String ?: "", caller, request)
    }

    /**
     * Only a text that is wholly the protocol's own, for this caller, path and provider, proves that the call did not run: the same words
     * inside another error, or about another client, come from a call that the handler made.
     */
    private fun classify(
        value: String,
        trace: String,
        caller: String,
        request: CallRequest,
    ): HyphaException {
        val error = ErrorText(value)
        val own = proof(value)
        val type = typeIn(trace, error.line) ?: error.type
        val message = if (type == error.type) error.message else error.line
        return when {
            isMissing(own, caller, request.path) -> {
                MethodNotFoundException(own)
            }

            isUndelivered(own, request.target) -> {
                PeerGoneException(own, didNotRun = true)
            }

            isDetached(own, caller) -> {
                ConnectionClosedException(own, didNotRun = true)
            }

            own == "Client disconnected: ${request.target}" -> {
                PeerGoneException(own)
            }

            type == PERMISSION || (type in plain && denied.any(message::startsWith)) -> {
                PermissionDeniedException(message)
            }

            type == OVERLOADED && isOverload("$type: $message", request.target) -> {
                OverloadedException(message, didNotRun = isOverload(own, request.target))
            }

            message.trim('\'', '"').startsWith("Service not found: ") -> {
                ServiceNotFoundException(message.trim('\'', '"'))
            }

            else -> {
                RemoteException(type, message, if (value == error.line) trace else joined(value, trace))
            }
        }
    }

    /** What of [text] can prove something. Not what hops put their words in front of: then it is about another call. */
    private fun proof(text: String) = text.trim().removePrefix("Error: ")

    private fun isMissing(
        text: String,
        caller: String,
        path: String,
    ): Boolean {
        val call = "$caller:$path"
        return notFound.any { text == "$it: $call" || text.startsWith("$it: $call at ") }
    }

    private fun isUndelivered(
        text: String,
        target: String,
    ) = text == "Target peer $target is not connected" || text == "Peer $target is not connected"

    /** The server takes nothing of [caller] any more, although its socket is open (protocol §15.1, Q1). */
    private fun isDetached(
        text: String,
        caller: String,
    ) = text.startsWith("Connection has already been closed (client: $caller)")

    private fun isOverload(
        text: String,
        target: String,
    ) = text.startsWith("$OVERLOADED: $target ")

    /** Python's ordinary functions send the bare message; what it is of is in the trace. */
    private fun typeIn(
        trace: String,
        line: String,
    ): String? = ErrorText(trace).takeIf { it.message == line }?.type

    private fun joined(vararg texts: String) = texts.filter { it.isNotBlank() }.joinToString("\n")
}
