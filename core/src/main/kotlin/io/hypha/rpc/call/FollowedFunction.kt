package io.hypha.rpc.call

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.PeerGoneException

/**
 * Where a function stands in a service that is followed.
 *
 * @property path its dotted name in the service.
 * @property stamp the edition that it was taken from.
 * @property isIdempotent whether its calls may run twice.
 */
internal class FollowedFunction(
    val service: FollowedService,
    private val path: String,
    private val stamp: Any,
    val isIdempotent: Boolean = false,
) {
    /** The same place for calls that may run twice. */
    fun idempotent(): FollowedFunction = FollowedFunction(service, path, stamp, isIdempotent = true)

    /** The function to call instead of the one that was taken from this place; null as long as it is the same. */
    fun successorIn(edition: FollowedService.Edition): RemoteFunction? = if (edition.stamp === stamp) null else edition.require(path)

    /** The same, without a failure for a function that is gone. */
    fun successor(): RemoteFunction? = service.edition.let { if (it.stamp === stamp) null else it.functions[path] }

    /**
     * Makes the call that takes the place of [failed] with [call]; throws [failure], which ended that one, when it must not be repeated or
     * cannot be. Also when the first call may have run and only the second one certainly did not: then nothing is certain of both.
     */
    suspend fun <R> repeat(
        failed: CallRequest,
        failure: HyphaException,
        call: suspend (CallRequest) -> R,
    ): R {
        val next = successorOf(failed, failure)
        try {
            return call(next)
        } catch (e: HyphaException) {
            if (failure.didNotRun || !e.didNotRun || next.hasResult) throw e
            failure.addSuppressed(e)
            throw failure
        }
    }

    private suspend fun successorOf(
        failed: CallRequest,
        failure: HyphaException,
    ): CallRequest {
        if (!mayRepeat(failed, failure)) throw failure
        val found =
            try {
                service.renewed(failed.edition)
            } catch (e: HyphaException) {
                failure.addSuppressed(e)
                throw failure
            }
        try {
            return found.require(path).request(failed.args, failed.kwargs, failed.timeout, failed.progress)
        } catch (e: MethodNotFoundException) {
            if (failure.didNotRun) throw e.apply { addSuppressed(failure) }
            throw failure.apply { addSuppressed(e) }
        }
    }

    /**
     * A provider that has called what it was passed has run, whatever it says. Of an idempotent call that is no matter, but a stream that was
     * read is not sent a second time: nobody knows whether its items come again.
     */
    private fun mayRepeat(
        failed: CallRequest,
        failure: HyphaException,
    ): Boolean {
        val session = failed.session
        val wasUsed = session != null && session.wasUsed
        return when (failure) {
            is MethodNotFoundException -> !wasUsed || mayRepeat(session)
            is PeerGoneException -> (failure.didNotRun && !wasUsed) || mayRepeat(session)
            is CallTimeoutException -> mayRepeat(session)
            else -> false
        }
    }

    private fun mayRepeat(session: Session?) = isIdempotent && (session == null || !session.hadStreams || !session.wasUsed)
}
