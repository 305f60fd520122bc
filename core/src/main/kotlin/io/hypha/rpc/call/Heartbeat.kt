package io.hypha.rpc.call

import io.hypha.rpc.HyphaException
import io.hypha.rpc.debug
import io.hypha.rpc.transport.Urgency
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch

/**
 * Tells a waiting caller again and again that its call still runs (protocol §3.5). The first beat comes after one whole interval,
 * so that calls that end quickly send none.
 */
internal fun startHeartbeat(
    endpoint: RpcEndpoint,
    reply: ReplyAddress,
): Job? {
    val path = reply.heartbeat ?: return null
    return endpoint.scope.launch(start = CoroutineStart.UNDISPATCHED) {
        while (true) {
            delay(reply.interval)
            try {
                // In turn with those of other callers, however many this one has wanted.
                endpoint.sink.send(endpoint.message(reply.target, path, parent = reply.session), lane = reply.target, Urgency.Beat)
            } catch (e: HyphaException) {
                endpoint.logger.debug { "a heartbeat could not be sent to ${reply.target}: ${e.message}" }
                return@launch
            }
        }
    }
}
