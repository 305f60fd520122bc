package io.hypha.rpc.connection

import io.hypha.rpc.AuthenticationException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.PermissionDeniedException

/**
 * Whether the server would refuse the same identity the next time as well, so that further attempts are of no use. What passes by itself is
 * not final: a server that is busy or full, one that has not noticed yet that the last link of this client has ended, a network that fails.
 */
internal fun isFinal(failure: HyphaException): Boolean =
    (failure is AuthenticationException || failure is PermissionDeniedException) && passing.none { it in failure.message.orEmpty() }

/** Parts of refusals that pass by themselves (protocol §1.3). */
private val passing =
    listOf(
        "Server busy",
        "Connection limit exceeded",
        "Client already exists and is active",
        "Authentication payload timeout",
    )
