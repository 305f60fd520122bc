package io.hypha.rpc.transport

import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.OverloadedException
import io.hypha.rpc.PermissionDeniedException

private const val TRY_LATER = 1013

/**
 * What to throw for a server that refuses a connection: the error is its own text, never a token of it (protocol §1.3, §1.5).
 *
 * @param reason the message of its error frame.
 * @param code the WebSocket close code that followed it, if one did.
 */
@InternalHyphaApi
public fun handshakeRefusal(
    reason: String,
    code: Int? = null,
): HyphaException =
    when {
        code == TRY_LATER || busy.any { it in reason } -> OverloadedException(reason, didNotRun = true)
        late.any { it in reason } -> ConnectionClosedException(reason)
        "Permission denied" in reason -> PermissionDeniedException(reason)
        else -> AuthenticationException(reason)
    }

private val busy = listOf("Server busy", "Connection limit exceeded")

/** The server did not get what it waited for in time, or is about to end. */
private val late = listOf("Authentication payload timeout", "shutting down", "Server is stopping", "draining")
