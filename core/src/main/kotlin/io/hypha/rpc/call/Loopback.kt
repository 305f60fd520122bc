package io.hypha.rpc.call

import io.hypha.rpc.EncodingException
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.withContext
import kotlinx.serialization.DeserializationStrategy

/**
 * Calls a function of this client that came back to it, without the way over the server (protocol §4.3). Arguments, result and
 * failures are encoded and decoded all the same, so that both sides see what they would see of a remote function.
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
            val passed = endpoint.openSession(endpoint.me, null)
            val returned = endpoint.openSession(endpoint.me, null)
            var isReturned = false
            try {
                val reply = serve(function, request, passed, returned)
                val value = decode(reply, result, references(returned))
                isReturned = true
                value
            } finally {
                endpoint.sessions.close(passed)
                // Functions are called directly; only a stream is read through its session.
                if (!isReturned || !returned.hasStreams) endpoint.sessions.close(returned)
                passed.awaitEarlier()
            }
        }

    private fun references(
        session: Session,
        loans: InterfaceLoans? = null,
        isResult: Boolean = false,
    ) = MessageReferences(endpoint, endpoint.me, isResult = isResult, loans = loans) { session }

    private suspend fun serve(
        function: LocalFunction,
        request: CallRequest,
        passed: Session,
        returned: Session,
    ): Bytes {
        val encoded = encode(request, passed)
        try {
            val arguments = Arguments(endpoint.format, references(passed)).bind(function, encoded, request.kwargs.isNotEmpty())
            val value = function.handler(LoopbackScope(endpoint.ownContext), arguments)
            val loans = InterfaceLoans()
            val out = MsgPackWriter()
            val references = references(returned, loans, isResult = true)
            loans.whileEncoding { at("result") { endpoint.format.writeAs(function.result, value, out, references) } }
            return out.finish().toBytes()
        } catch (e: CancellationException) {
            currentCoroutineContext().ensureActive()
            throw RemoteErrors.received(e, endpoint.me, request)
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            throw RemoteErrors.received(e, endpoint.me, request)
        }
    }

    private fun encode(
        request: CallRequest,
        session: Session,
    ): Bytes {
        val loans = InterfaceLoans()
        val out = MsgPackWriter()
        val references = references(session, loans)
        loans.whileEncoding {
            out.writeArrayHeader(request.args.size + if (request.kwargs.isEmpty()) 0 else 1)
            request.args.forEachIndexed { index, value -> at("args[$index]") { endpoint.format.write(value, out, references) } }
            if (request.kwargs.isNotEmpty()) at("kwargs") { endpoint.format.write(request.kwargs, out, references) }
        }
        return out.finish().toBytes()
    }

    private fun <R> decode(
        reply: Bytes,
        result: DeserializationStrategy<R>,
        references: MessageReferences,
    ): R = at("result") { endpoint.format.read(result, MsgPackReader(reply, endpoint.format.limits), references) }

    private inline fun <T> at(
        path: String,
        action: () -> T,
    ): T =
        try {
            action()
        } catch (e: EncodingException) {
            throw e.within(path)
        }

    private class LoopbackScope(
        override val context: CallContext,
    ) : CallScope
}
