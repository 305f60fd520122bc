package io.hypha.rpc.hub.auth

/** A token cannot be used; the message says why and never contains the token. */
internal class TokenProblem(
    message: String,
    cause: Throwable? = null,
) : Exception(message, cause)
