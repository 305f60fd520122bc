package io.hypha.rpc.call

import io.hypha.rpc.CallTimeoutException
import io.hypha.rpc.ConnectionClosedException
import io.hypha.rpc.EncodingException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.debug
import io.hypha.rpc.transport.Departure
import io.hypha.rpc.transport.Urgency
import io.hypha.rpc.value.References
import io.hypha.rpc.wire.ByteChain
import io.hypha.rpc.wire.Bytes
import io.hypha.rpc.wire.MsgPackReader
import io.hypha.rpc.wire.MsgPackWriter
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.launch
import kotlin.time.Duration
import kotlin.time.DurationUnit

/** Makes calls: opens the session, encodes, sends, waits and decodes (protocol §3.2 to §3.5). */
internal class OutgoingCalls(
    private val endpoint: RpcEndpoint,
) {
    /** Makes the call [where calls run][whereCallsRun], so that no thread which is meant for other things encodes, decodes or waits. */
    suspend fun <R> call(
        request: CallRequest,
        decode: (MsgPackReader, References) -> R,
    ): R =
        try {
            endpoint.whereCallsRun { asOftenAsNeeded(request, decode) }
        } catch (e: CancellationException) {
            // A caller who gives up on the way back to its own thread does not get the result any more.
            request.session?.takeIf { request.isDecoded && request.cancels }?.let { endpoint.givenUp.tell(request, it.id) }
            throw e
        }

    private suspend fun <R> asOftenAsNeeded(
        request: CallRequest,
        decode: (MsgPackReader, References) -> R,
    ): R {
        val place = request.place ?: return once(request, decode)
        try {
            return once(request, decode)
        } catch (e: HyphaException) {
            // What comes of reading a result, be it in the words of a refusal, is no refusal.
            if (request.hasResult) throw e
            return place.repeat(request, e) { once(it, decode) }
        }
    }

    private suspend fun <R> once(
        request: CallRequest,
        decode: (MsgPackReader, References) -> R,
    ): R {
        val isReported = endpoint.reports.areWanted && !request.isChunk
        return if (isReported) reported(request, decode) else make(request, decode)
    }

    private suspend fun <R> reported(
        request: CallRequest,
        decode: (MsgPackReader, References) -> R,
    ): R = endpoint.reports.outgoing(request) { make(request, decode) }

    private suspend fun <R> make(
        request: CallRequest,
        decode: (MsgPackReader, References) -> R,
    ): R = if (request.expectsReply) exchange(request, decode) else post(request, decode)

    private suspend fun <R> exchange(
        request: CallRequest,
        decode: (MsgPackReader, References) -> R,
    ): R {
        val timeout = request.timeout ?: endpoint.options.timeoutOf(request.path)
        val call = OutgoingCall(request.path, request.isRepeatable)
        val session = endpoint.openSession(request.target, call)
        request.session = session
        request.isDecoded = false
        if (!request.isChunk && !request.isStream) endpoint.logger.debug { "call ${session.id} of ${request.path} at ${request.target}" }
        val timer = SilenceTimer(endpoint.scope, timeout) { call.timeOut(silence(request, timeout)) }
        val loans = InterfaceLoans()
        val departure = request.departure ?: call
        try {
            val frame = encode(request, session, timeout, loans)
            try {
                request.order.inTurn { send(request, frame, session, loans, departure) }
            } catch (e: PeerGoneException) {
                // While a long message was on its way: the provider may have got all of it, and may even have replied.
                call.fail(e)
            } catch (e: HyphaException) {
                if (!call.isAnswered) throw e
            }
            call.watch(timer)
            val outcome = call.await()
            val failure =
                when (outcome) {
                    is OutgoingCall.Outcome.Resolved -> {
                        request.hasResult = true
                        return decodeResult(outcome.args, request, session, decode).also { request.isDecoded = true }
                    }

                    is OutgoingCall.Outcome.Rejected -> {
                        decodeError(outcome.args, request)
                    }

                    is OutgoingCall.Outcome.Failed -> {
                        // It may come back, and work on.
                        val isAway = call.mayHaveLeft && outcome.cause is PeerGoneException
                        if (isAway && request.cancels) endpoint.givenUp.tellLater(request, session.id)
                        if (departure.mayHaveLeft) outcome.cause else unsent(outcome.cause)
                    }

                    is OutgoingCall.Outcome.Lost -> {
                        request.isLost = true
                        ConnectionClosedException("the connection was lost while ${request.path} was called")
                    }
                }
            if (failure is ConnectionClosedException && outcome is OutgoingCall.Outcome.Rejected) endpoint.onDetached()
            // Nobody can have kept the interface objects of a call that did not run.
            loans.mayBeKept = !failure.didNotRun || session.wasUsed
            // Events tell of clients of the own workspace only; of others the server says so in this way (protocol §2.5).
            if (failure is PeerGoneException && (failure.didNotRun || outcome is OutgoingCall.Outcome.Rejected)) {
                endpoint.peerNotFound(request.target)
            }
            throw failure
        } finally {
            timer.stop()
            loans.settle()
            if (!call.isAnswered) session.isAbandoned = true
            endpoint.sessions.close(session)
            if (call.mayHaveLeft && !call.isSettled(request.isDecoded) && request.cancels) endpoint.givenUp.tell(request, session.id)
            session.awaitEarlier()
        }
    }

    /** The failure of a call that ended before all of it was sent. */
    private fun unsent(cause: HyphaException): HyphaException =
        if (cause is PeerGoneException && !cause.didNotRun) PeerGoneException(cause.message.orEmpty(), cause, didNotRun = true) else cause

    /** A function that never replies: the functions among its arguments live until they are idle for long. */
    private suspend fun <R> post(
        request: CallRequest,
        decode: (MsgPackReader, References) -> R,
    ): R {
        val session = endpoint.openSession(request.target, null)
        var hasLeft = false
        try {
            val loans = InterfaceLoans()
            loans.settling {
                request.order.inTurn {
                    send(
                        request,
                        encode(request, session, Duration.ZERO, loans),
                        session,
                        loans,
                        request.departure,
                    )
                }
            }
            hasLeft = true
        } finally {
            if (!hasLeft || session.isEmpty) endpoint.sessions.close(session)
        }
        return decodeResult(null, request, session, decode)
    }

    private suspend fun send(
        request: CallRequest,
        frame: ByteChain,
        session: Session,
        loans: InterfaceLoans,
        departure: Departure?,
    ) {
        val lane = request.lane ?: request.parent ?: session.id
        if (request.isChunk) {
            endpoint.sink.send(frame, lane, request.urgency, departure)
        } else {
            endpoint.longMessages.send(request.target, frame, lane, request.urgency, loans, departure, request.progress)
        }
    }

    private fun encode(
        request: CallRequest,
        session: Session,
        timeout: Duration,
        loans: InterfaceLoans,
    ): ByteChain {
        val withKeywords = request.kwargs.isNotEmpty()
        val entries = 1 + (if (withKeywords) 1 else 0) + (if (request.expectsReply) 2 else 0)
        return endpoint.message(
            request.target,
            request.path,
            session = session.id.takeIf { request.expectsReply },
            parent = request.parent,
            entries = entries,
        ) { out ->
            out.writeString("args")
            encodeArguments(request, out, MessageReferences(endpoint, request.target, loans = loans) { session })
            if (withKeywords) {
                out.writeString("with_kwargs")
                out.writeBoolean(true)
            }
            if (request.expectsReply) {
                out.writeString("promise")
                out.writeString("*")
                out.writeString("t")
                out.writeDouble(if (timeout.isFinite()) timeout.toDouble(DurationUnit.SECONDS) / 2 else ENDLESS_HEARTBEAT_SECONDS)
            }
        }
    }

    private fun encodeArguments(
        request: CallRequest,
        out: MsgPackWriter,
        references: References,
    ) {
        val withKeywords = request.kwargs.isNotEmpty()
        out.writeArrayHeader(request.args.size + if (withKeywords) 1 else 0)
        request.args.forEachIndexed { index, value -> writeAt("args[$index]", value, out, references) }
        if (!withKeywords) return
        out.writeMapHeader(request.kwargs.size)
        for ((name, value) in request.kwargs) {
            out.writeString(name)
            writeAt("kwargs.$name", value, out, references)
        }
    }

    private fun writeAt(
        path: String,
        value: Any?,
        out: MsgPackWriter,
        references: References,
    ) {
        try {
            endpoint.format.write(value, out, references)
        } catch (e: EncodingException) {
            throw e.within(path)
        }
    }

    private fun <R> decodeResult(
        args: Bytes?,
        request: CallRequest,
        session: Session,
        decode: (MsgPackReader, References) -> R,
    ): R {
        val reader = MsgPackReader(args ?: NilArguments, endpoint.format.limits)
        val present = reader.readArrayHeader() > 0
        val references = MessageReferences(endpoint, request.target, answered = session, timeout = request.timeout)
        try {
            return decode(if (present) reader else MsgPackReader(Nil, endpoint.format.limits), references)
        } catch (e: EncodingException) {
            throw e.within("result")
        }
    }

    private fun decodeError(
        args: Bytes?,
        request: CallRequest,
    ): HyphaException = RemoteErrors.decode(args, endpoint.format.limits, endpoint.me, request)

    private fun silence(
        request: CallRequest,
        timeout: Duration,
    ) = CallTimeoutException("Method call timed out: ${request.target}:${request.path} was silent for $timeout")

    private companion object {
        /** How often a call without a timeout asks for heartbeats: often enough for peers that end idle sessions. */
        const val ENDLESS_HEARTBEAT_SECONDS = 60.0

        val Nil = Bytes(byteArrayOf(0xc0.toByte()))
        val NilArguments = Bytes(byteArrayOf(0x91.toByte(), 0xc0.toByte()))
    }
}
