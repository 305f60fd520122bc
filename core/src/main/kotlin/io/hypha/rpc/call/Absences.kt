package io.hypha.rpc.call

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.concurrent.Volatile
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * The clients that are reported gone while there is something here for them. A client whose link was lost comes back under the same address within
 * seconds, and waits for its replies (protocol §1.12); nobody tells us that it is back. So its calls go on for a while, their replies are held,
 * for the server drops what is for a client that is not there, and it is asked now and then whether it is back. Streams, functions and
 * interface objects that it got, and what it has sent of a long message, are kept as long.
 *
 * @param grace how long that lasts when nothing is heard from the client; then its calls are cancelled, and the rest ends.
 */
internal class Absences(
    private val endpoint: RpcEndpoint,
    private val grace: Duration,
) {
    private val lock = Lock()
    private val absent = HashMap<String, CompletableDeferred<Unit>>()

    /** So that nobody takes the lock for nothing: most of the time, nobody is absent. */
    @Volatile
    private var isAnybodyAbsent = false

    /** [peer] is gone. */
    fun begin(peer: String) {
        if (!grace.isPositive() || workspaceOf(peer, "") == MANAGER_WORKSPACE) return endpoint.forget(peer)
        endpoint.incoming.cancelOrphansFrom(peer)
        if (!endpoint.hasAnyFor(peer)) return
        val absence = CompletableDeferred<Unit>()
        lock.withLock {
            if (peer in absent) return
            absent[peer] = absence
            isAnybodyAbsent = true
        }
        endpoint.scope.launch { await(peer, absence) }
    }

    fun isAbsent(peer: String): Boolean = isAnybodyAbsent && lock.withLock { peer in absent }

    /** A message of [peer] itself has arrived. */
    fun heard(peer: String) {
        if (isAnybodyAbsent) lock.withLock { absent[peer] }?.let { end(peer, it) }
    }

    /** Suspends while [peer] is absent; who waits here is cancelled when it does not come back. */
    suspend fun awaitReturn(peer: String) {
        if (isAnybodyAbsent) lock.withLock { absent[peer] }?.await()
    }

    private suspend fun await(
        peer: String,
        absence: CompletableDeferred<Unit>,
    ) {
        val begin = endpoint.options.timeSource.markNow()
        var pause = FirstPause
        try {
            // One that was heard of may have left again, which is another absence.
            while (!absence.isCompleted && endpoint.hasAnyFor(peer)) {
                val left = grace - begin.elapsedNow()
                if (!left.isPositive()) {
                    endpoint.forget(peer)
                    break
                }
                if (withTimeoutOrNull(minOf(pause, left)) { absence.await() } != null || isThere(peer)) break
                pause *= 2
            }
        } finally {
            // Also when this side closes: then nobody asks for the peer any more.
            end(peer, absence)
        }
    }

    private fun end(
        peer: String,
        absence: CompletableDeferred<Unit>,
    ) {
        lock.withLock {
            if (absent[peer] === absence) absent.remove(peer)
            isAnybodyAbsent = absent.isNotEmpty()
        }
        absence.complete(Unit)
    }

    private suspend fun isThere(peer: String): Boolean =
        try {
            endpoint.outgoing.call(
                CallRequest(peer, "services.built-in.ping", listOf("ping"), timeout = LongestPing),
            ) { reader, _ -> reader.skip() }
            true
        } catch (_: PeerGoneException) {
            false
        } catch (_: CallTimeoutException) {
            false
        } catch (_: ConnectionClosedException) {
            false
        } catch (_: HyphaException) {
            // Whatever it says, it is there to say it.
            true
        }

    private companion object {
        val FirstPause = 1.seconds
        val LongestPing = 5.seconds
    }
}
