package io.hypha.rpc.call

import io.hypha.rpc.EncodingException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.debug
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.value.References
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.WireType
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Job
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.isActive
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeoutOrNull

/**
 * The stream behind a received `generator` (protocol §5): every item is asked for when the collector wants it, one at a time. Leaving
 * early closes the remote generator, which runs its `finally`. It can be collected once.
 */
internal class GeneratorConsumer<T>(
    private val endpoint: RpcEndpoint,
    private val next: CallRequest,
    private val close: CallRequest?,
    private val decode: (MsgPackReader, References) -> T,
) {
    private val lock = Lock()
    private var isCollected = false

    fun asFlow(): Flow<T> =
        flow {
            val isFirst = lock.withLock { !isCollected.also { isCollected = true } }
            check(isFirst) { "a remote stream can be collected only once; call the function again for another one" }
            val collection = next.order?.closings?.begin(currentCoroutineContext().job)
            var isOpen = true
            var isEmitting = false
            try {
                while (true) {
                    val item = endpoint.outgoing.call(next, ::readItem)
                    if (item === End) {
                        isOpen = false
                        break
                    }
                    isEmitting = true
                    @Suppress("UNCHECKED_CAST")
                    emit(item as T)
                    isEmitting = false
                }
            } finally {
                val closing = if (isOpen) closeRemote() else null
                collection?.end(closing)
                // A collector that has enough goes on when the provider's `finally` has run, as with a flow of this program. A cancelled
                // one, or one whose stream broke, waits for nothing; and nobody waits long for a provider that does not answer.
                if (isEmitting && currentCoroutineContext().isActive) withTimeoutOrNull(StreamClosings.LongestWait) { closing?.join() }
            }
        }

    private fun readItem(
        reader: MsgPackReader,
        references: References,
    ): Any? = if (isEnd(reader)) End else decode(reader, references)

    /**
     * Closes the remote generator; a failure does not replace the reason for it. The message takes its turn at once: when the stream came as
     * an argument, the reply of that call must not overtake it.
     */
    private fun closeRemote(): Job? {
        val request = close ?: return null
        return endpoint.scope.launch(start = CoroutineStart.UNDISPATCHED) {
            try {
                endpoint.outgoing.call(request) { reader, _ -> reader.skip() }
            } catch (e: HyphaException) {
                endpoint.logger.debug { "a stream of ${request.target} could not be closed: ${e.message}" }
            }
        }
    }

    private fun isEnd(reader: MsgPackReader): Boolean {
        if (reader.peek() != WireType.Map) return false
        val ahead = reader.at(reader.position)
        if (ahead.readMapHeader() != 1 || ahead.readKey() != "_rtype") return false
        return ahead.peek() == WireType.String && ahead.readString() == "stop_iteration"
    }

    private object End

    companion object {
        /** The stream that a map with `_rtype: generator` describes. */
        fun <T> of(
            endpoint: RpcEndpoint,
            entries: Map<String, Any?>,
            sender: MessageReferences,
            decode: (MsgPackReader, References) -> T,
        ): Flow<T> {
            val target = sender.targetOf(entries)
            val next = entries["_rmethod"] as? String ?: throw EncodingException("a received stream has no '_rmethod'")
            val close = entries["_rclose_method"] as? String
            return GeneratorConsumer(endpoint, sender.request(target, next), close?.let { sender.request(target, it) }, decode).asFlow()
        }
    }
}
