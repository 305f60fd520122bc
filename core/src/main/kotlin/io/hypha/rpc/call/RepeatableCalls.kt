package io.hypha.rpc.call

import io.hypha.rpc.HyphaException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.value.References
import io.hypha.rpc.wire.MsgPackReader

/**
 * Makes a call that may run twice without harm, and makes it again over the next link when the one over which it left is lost.
 *
 * @param request describes it, anew every time: the server may be another one by then.
 */
internal suspend fun <R> OutgoingCalls.callRepeatably(
    request: suspend () -> CallRequest,
    decode: (MsgPackReader, References) -> R,
): R {
    var attempt = request()
    // Of an attempt whose reply may have been lost: whatever becomes of those after it, that one may have run.
    var doubt: HyphaException? = null
    while (true) {
        val failure =
            try {
                return call(attempt, decode)
            } catch (e: HyphaException) {
                e
            }
        if (attempt.isLost) doubt = failure
        try {
            attempt = next(attempt, failure, request) ?: throw failure
        } catch (e: HyphaException) {
            if (doubt == null || !e.didNotRun) throw e
            throw doubt.apply { addSuppressed(e) }
        }
    }
}

/** What to call after [attempt] has failed, if anything. */
private suspend fun next(
    attempt: CallRequest,
    failure: HyphaException,
    request: suspend () -> CallRequest,
): CallRequest? {
    if (attempt.isLost) return request()
    if (failure !is PeerGoneException || !failure.didNotRun) return null
    // It was on its way to the manager of a server that is another one by now.
    return request().takeIf { it.target != attempt.target }
}
