package io.hypha.rpc.client

import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.call.RpcEndpoint
import io.hypha.rpc.debug
import io.hypha.rpc.value.shape
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * Looks after the calls that were running when the link was lost. Nobody told this client who left meanwhile, so each client that owes it a
 * reply is asked whether it is there: the others learn that their caller is back, and the calls to those that are not fail. But not at once,
 * for when a server is started anew all its clients come back, each in its own time.
 */
internal class Probes(
    private val client: Client,
    private val endpoint: RpcEndpoint,
    private val scope: CoroutineScope,
    private val logger: HyphaLogger,
) {
    private val turns = Semaphore(MOST_AT_A_TIME)

    /** Those of the links before. */
    private var round: Job? = null

    /** Asks all of them, over a link that was just made. */
    fun run() {
        round?.cancel()
        round = scope.launch { for (peer in endpoint.awaited()) launch { probe(peer) } }
    }

    private suspend fun probe(peer: String) {
        var waited = Duration.ZERO
        var pause = FirstPause
        while (peer in endpoint.awaited()) {
            if (turns.withPermit { isThere(peer) }) return
            val left = Grace - waited
            if (!left.isPositive()) {
                endpoint.peerGone(peer)
                return
            }
            val next = minOf(pause, left)
            delay(next)
            waited += next
            pause *= 2
        }
    }

    private suspend fun isThere(peer: String): Boolean =
        try {
            client.callBuiltIn(peer, "ping", shape<Any?>(), "ping")
            true
        } catch (e: PeerGoneException) {
            logger.debug { "$peer has left, or is not back yet: ${e.message}" }
            false
        } catch (e: HyphaException) {
            // It is there, or nobody knows: the calls end by themselves.
            logger.debug { "$peer was asked whether it is there: ${e.message}" }
            true
        }

    private companion object {
        const val MOST_AT_A_TIME = 16
        val FirstPause = 1.seconds

        /** As long as a provider, for its part, waits for a caller that has left. */
        val Grace = 10.seconds
    }
}
