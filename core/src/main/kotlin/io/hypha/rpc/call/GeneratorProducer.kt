package io.hypha.rpc.call

import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.value.shape
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ClosedSendChannelException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch
import kotlin.coroutines.cancellation.CancellationException

/**
 * A flow of ours that a peer pulls item by item (protocol §5). The flow runs only while an item is asked for: it is collected up to
 * the item, waits there for the next request, and is cancelled when the peer closes it or its session ends.
 */
internal class GeneratorProducer(
    private val flow: Flow<Any?>,
    private val encodable: (item: Any?) -> Any?,
    private val scope: CoroutineScope,
    private val onEnd: () -> Unit,
) {
    /** A request that the flow has taken can still get lost, when the flow is cancelled at that moment. */
    private val requests = Channel<CompletableDeferred<Any?>>(onUndeliveredElement = ::endRequest)
    private val job: Job = scope.launch(start = CoroutineStart.LAZY) { produce() }.also { it.invokeOnCompletion { endRequests() } }

    /** `_rmethod`: the next item, or the end marker. */
    val next: LocalFunction = LocalFunction("next", null, emptyList(), shape<Any?>(), ignoresSurplus = true) { request() }

    /** `_rclose_method`: ends the flow and returns when its `finally` blocks have run. */
    val close: LocalFunction =
        LocalFunction("close", null, emptyList(), shape<Boolean>(), ignoresSurplus = true) {
            job.cancelAndJoin()
            onEnd()
            true
        }

    /** What the flow does on cancellation runs where it is cancelled; sessions end on the reader, so that is elsewhere. */
    fun cancel() {
        if (job.isActive) scope.launch { job.cancel() } else job.cancel()
    }

    private suspend fun request(): Any? {
        job.start()
        val answer = CompletableDeferred<Any?>()
        try {
            requests.send(answer)
        } catch (_: ClosedSendChannelException) {
            endRequest(answer)
        }
        return answer.await()
    }

    private suspend fun produce() {
        var request = requests.receive()
        try {
            flow.collect {
                request.complete(encodable(it))
                request = requests.receive()
            }
            request.complete(StopIteration)
        } catch (e: CancellationException) {
            // A time-out of the flow's own is its failure, not the end of the stream by the peer.
            request.completeExceptionally(if (currentCoroutineContext().isActive) e else closed(e))
            throw e
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            request.completeExceptionally(e)
        } finally {
            onEnd()
        }
    }

    /** Peers may ask for several items at once: those that wait behind the last item learn of the end as well. */
    private fun endRequests() {
        requests.close()
        while (true) {
            val request = requests.tryReceive().getOrNull() ?: break
            endRequest(request)
        }
    }

    /** A flow that was cancelled has not come to its end: nobody must take it for that. */
    private fun endRequest(request: CompletableDeferred<Any?>) {
        if (job.isCancelled) request.completeExceptionally(closed()) else request.complete(StopIteration)
    }

    private fun closed(cause: Throwable? = null) = ConnectionClosedException("the stream was closed", cause)

    companion object {
        /** What a request resolves with at the end. */
        val StopIteration: Map<String, Any?> = mapOf("_rtype" to "stop_iteration")
    }
}
