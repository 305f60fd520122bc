package io.hypha.rpc.call

import io.hypha.rpc.HyphaException
import io.hypha.rpc.debug
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.transport.Urgency
import kotlinx.coroutines.launch
import kotlin.concurrent.Volatile
import kotlin.time.ComparableTimeMark
import kotlin.time.Duration.Companion.hours

/**
 * Tells providers of calls for which nobody waits any more. One that cannot be told, because it is away or there is no link, is told as soon as
 * it gives a sign of that call: heartbeats come for as long as it works on it.
 */
internal class GivenUpCalls(
    private val endpoint: RpcEndpoint,
) {
    private val lock = Lock()
    private val untold = LinkedHashMap<String, Untold>()

    /** So that nobody takes the lock for nothing. */
    @Volatile
    private var isAnyUntold = false

    /** Tells the provider; its failure changes nothing for a caller who has left. [session] is that of the call. */
    fun tell(
        request: CallRequest,
        session: String,
    ) = tell(request.target, request.path, session)

    /** The provider of this call is gone, and may come back. */
    fun tellLater(
        request: CallRequest,
        session: String,
    ) = remember(session, Untold(request.target, request.path, endpoint.options.timeSource.markNow()))

    /** [peer] has sent something into [session], which is there no more. */
    fun heard(
        peer: String,
        session: String,
    ) {
        if (!isAnyUntold) return
        val call =
            lock.withLock {
                untold[session]?.takeIf { it.target == peer }?.also {
                    untold -= session
                    isAnyUntold = untold.isNotEmpty()
                }
            }
        if (call != null) tell(call.target, call.path, session)
    }

    /** Forgets those of which nothing was heard for long. */
    fun sweep() {
        lock.withLock {
            untold.values.removeAll { it.since.elapsedNow() >= LongestAbsence }
            isAnyUntold = untold.isNotEmpty()
        }
    }

    private fun tell(
        target: String,
        path: String,
        session: String,
    ) {
        endpoint.scope.launch {
            val message =
                endpoint.message(target, path, session, entries = 1) { out ->
                    out.writeString(Capabilities.KEY)
                    out.writeMapHeader(1)
                    out.writeString(Capabilities.CANCEL)
                    out.writeBoolean(true)
                }
            try {
                endpoint.sink.send(message, lane = target, Urgency.Beat)
            } catch (e: HyphaException) {
                endpoint.logger.debug { "the cancellation of call $session could not be sent to $target: ${e.message}" }
                remember(session, Untold(target, path, endpoint.options.timeSource.markNow()))
            }
        }
    }

    private fun remember(
        session: String,
        call: Untold,
    ) {
        lock.withLock {
            if (untold.size >= MOST) untold.keys.iterator().run { next().also { remove() } }
            untold[session] = call
            isAnyUntold = true
        }
    }

    private class Untold(
        val target: String,
        val path: String,
        val since: ComparableTimeMark,
    )

    private companion object {
        const val MOST = 10_000
        val LongestAbsence = 1.hours
    }
}
