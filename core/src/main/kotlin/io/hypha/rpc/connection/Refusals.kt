package io.hypha.rpc.connection

import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.PermissionDeniedException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes

/**
 * Whether the server would refuse the same identity the next time as well, so that further attempts are of no use. What passes by itself is
 * not final: a server that is busy or full, one that has not noticed yet that the last link of this client has ended, a network that fails.
 *
 * @param downtime how long ago the link was lost.
 */
internal fun isFinal(
    failure: HyphaException,
    downtime: Duration,
): Boolean {
    if (failure !is AuthenticationException && failure !is PermissionDeniedException) return false
    val reason = failure.message.orEmpty()
    return when {
        passing.any { it in reason } -> false

        // A server that has just started may not know its workspaces yet, of which this client was in one a moment ago.
        UNKNOWN_WORKSPACE in reason -> downtime >= ServerStart

        else -> true
    }
}

/** Parts of refusals that pass by themselves, in the words of protocol §1.3. */
private val passing =
    listOf(
        "Server busy",
        "Connection limit exceeded",
        "Client already exists and is active",
        "Authentication payload timeout",
    )
private const val UNKNOWN_WORKSPACE = "does not exist or is not accessible"
private val ServerStart = 1.minutes
