package io.hypha.rpc.client

import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.call.RpcEndpoint
import io.hypha.rpc.debug
import io.hypha.rpc.value.shape
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit

/**
 * Looks after the calls that were running when the link was lost. Nobody told this client who left meanwhile, so each client that owes it a
 * reply is asked once whether it is there: the calls to those that are not fail at once, and the others learn that their caller is back.
 */
internal class Probes(
    private val client: Client,
    private val endpoint: RpcEndpoint,
    private val scope: CoroutineScope,
    private val logger: HyphaLogger,
) {
    fun run() {
        val turns = Semaphore(MOST_AT_A_TIME)
        for (peer in endpoint.awaited()) scope.launch { turns.withPermit { probe(peer) } }
    }

    private suspend fun probe(peer: String) {
        try {
            client.callBuiltIn(peer, "ping", shape<Any?>(), "ping")
        } catch (e: PeerGoneException) {
            logger.debug { "$peer has left while the connection was lost: ${e.message}" }
            endpoint.peerGone(peer)
        } catch (e: HyphaException) {
            // It is there, or nobody knows: the calls end by themselves.
            logger.debug { "$peer was asked whether it is there: ${e.message}" }
        }
    }

    private companion object {
        const val MOST_AT_A_TIME = 16
    }
}
