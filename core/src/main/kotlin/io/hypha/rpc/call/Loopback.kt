package io.hypha.rpc.call

import io.hypha.rpc.EncodingException
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import kotlinx.coroutines.withContext
import kotlinx.serialization.DeserializationStrategy

/**
 * Calls a function of this client that came back to it, without the way over the server (protocol §4.3). Arguments and result are
 * encoded and decoded all the same, so that both sides see what they would see of a remote function.
 */
internal class Loopback(
    private val endpoint: RpcEndpoint,
) {
    suspend fun <R> call(
        function: LocalFunction,
        request: CallRequest,
        result: DeserializationStrategy<R>,
    ): R =
        withContext(endpoint.dispatcher + function.coroutineContext) {
            val session = endpoint.openSession(endpoint.me, null)
            try {
                val references = MessageReferences(endpoint, endpoint.me) { session }
                val arguments =
                    Arguments(
                        endpoint.format,
                        references,
                    ).bind(function, encode(request, references), request.kwargs.isNotEmpty())
                val value = function.handler(LoopbackScope(endpoint.ownContext), arguments)
                val out = MsgPackWriter()
                endpoint.format.writeAs(function.result, value, out, references)
                endpoint.format.read(result, MsgPackReader(out.finish().toBytes(), endpoint.format.limits), references)
            } finally {
                if (session.isEmpty) endpoint.sessions.close(session)
            }
        }

    private fun encode(
        request: CallRequest,
        references: MessageReferences,
    ): Bytes {
        val out = MsgPackWriter()
        out.writeArrayHeader(request.args.size + if (request.kwargs.isEmpty()) 0 else 1)
        request.args.forEachIndexed { index, value ->
            try {
                endpoint.format.write(value, out, references)
            } catch (e: EncodingException) {
                throw e.within("args[$index]")
            }
        }
        if (request.kwargs.isNotEmpty()) endpoint.format.write(request.kwargs, out, references)
        return out.finish().toBytes()
    }

    private class LoopbackScope(
        override val context: CallContext,
    ) : CallScope
}
