package io.hypha.rpc.call

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

    /** What [cause] looks like to the other side: `Type: message`, without the prefixes of earlier hops. */
    fun encode(cause: Throwable): Map<String, Any?> = mapOf("_rtype" to "error", "_rvalue" to text(cause), "_rtrace" to trace(cause))

    private fun text(cause: Throwable): String =
        when (cause) {
            // The texts of the protocol itself, which programs match on.
            is MethodNotFoundException, is PermissionDeniedException, is PeerGoneException, is RemoteException -> cause.message.orEmpty()

            is ServiceNotFoundException -> "KeyError: '${cause.message}'"

            is EncodingException -> "TypeError: ${cause.message}"

            is ProtocolException -> "ValueError: ${cause.message}"

            is OverloadedException -> "$OVERLOADED ${cause.message}"

            else -> "${cause::class.simpleName ?: "Error"}: ${cause.message.orEmpty()}"
        }

    private fun trace(cause: Throwable): String =
        when (cause) {
            is RemoteException -> cause.remoteTrace
            is HyphaException -> ""
            else -> cause.stackTraceToString().take(MAX_TRACE_CHARACTERS)
        }

    /** The failure in the arguments of a `reject` for the call of [path] that [me] made. */
    fun decode(
        args: Bytes?,
        limits: WireLimits,
        me: String,
        path: String,
    ): HyphaException {
        val first = args?.let { (PlainValues.read(MsgPackReader(it, limits)) as? List<*>)?.firstOrNull() }
        val entries = first as? Map<*, *>
        val value = entries?.get("_rvalue")?.toString() ?: first?.toString() ?: "the peer gave no reason"
        return classify(value, entries?.get("_rtrace") as? String ?: "", "$me:$path")
    }

    /**
     * [call] is `caller:path` as the protocol's own texts name it. Only a text that is wholly the protocol's own proves that the call did not
     * run: the same words inside another error may come from a call that the handler made.
     */
    private fun classify(
        value: String,
        trace: String,
        call: String,
    ): HyphaException {
        val text = unprefixed(value)
        val line = text.lineSequence().lastOrNull { it.isNotBlank() }?.trim() ?: text
        return when {
            notFound.any { text == "$it: $call" || text.startsWith("$it: $call at ") } -> {
                MethodNotFoundException(text)
            }

            permission.any(line::startsWith) -> {
                PermissionDeniedException(line.removePrefix("PermissionError:").trim())
            }

            gone.any { line.startsWith(it.first) && line.endsWith(it.second) } -> {
                PeerGoneException(line)
            }

            line.startsWith(OVERLOADED) -> {
                OverloadedException(line.removePrefix(OVERLOADED).trim())
            }

            line.contains("Service not found: ") && line.startsWith("KeyError:") -> {
                ServiceNotFoundException(line.removePrefix("KeyError:").trim().trim('\'', '"'))
            }

            else -> {
                remote(line, value, trace)
            }
        }
    }

    private fun remote(
        line: String,
        value: String,
        trace: String,
    ): RemoteException {
        val match = typedLine.matchEntire(line)
        val full = if (value == line) trace else listOf(value, trace).filter { it.isNotBlank() }.joinToString("\n")
        return RemoteException(match?.groupValues?.get(1), match?.groupValues?.get(2) ?: line, full)
    }

    /** Without the `RemoteError:` that every hop through an older client puts in front. */
    private fun unprefixed(value: String): String {
        var text = value.trim()
        while (true) {
            val next = text.removePrefix("RemoteError:").trimStart()
            val shorter = if (notFoundOrNested.any { next.startsWith("Error: $it") }) next.removePrefix("Error: ") else next
            if (shorter == text) return text
            text = shorter
        }
    }

    private const val OVERLOADED = "OverloadedError:"
    private val notFound = listOf("Method expired or not found", "Session not found", "Method not found", "Invalid method")
    private val notFoundOrNested = notFound + "RemoteError:" + "Permission denied" + "Access denied" + "Target peer"
    private val permission = listOf("Permission denied", "PermissionError:", "Access denied for method call")
    private val gone = listOf("Target peer " to " is not connected", "Client disconnected: " to "", "Peer " to " is not connected")
    private val typedLine = Regex("""((?:[A-Za-z_]\w*\.)*[A-Z]\w*): (.*)""")
}
