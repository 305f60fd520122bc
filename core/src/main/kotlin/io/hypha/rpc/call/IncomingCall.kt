package io.hypha.rpc.call

import io.hypha.rpc.EncodingException
import io.hypha.rpc.HyphaException
import io.hypha.rpc.HyphaLogger
import io.hypha.rpc.debug
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import io.hypha.rpc.transport.Urgency
import io.hypha.rpc.wire.ByteChain
import io.hypha.rpc.wire.MsgPackWriter
import kotlinx.coroutines.Job
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.isActive
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlin.coroutines.EmptyCoroutineContext

/** A call of somebody else's, from the decoding of its arguments to the end of its reply (protocol §3.6). */
internal class IncomingCall(
    private val endpoint: RpcEndpoint,
    val header: CallHeader,
    envelope: CallEnvelope,
    private val reply: ReplyAddress?,
) : CallScope {
    override val context: CallContext = header.context(endpoint.connectionType, endpoint.format.limits)

    /** Beats from the receipt of the call on, whatever becomes of it. */
    private val heartbeat: Job? = reply?.let { startHeartbeat(endpoint, it) }
    private val state = Lock()

    /** Let go once the arguments are decoded, so that a long call does not keep the message that brought it. */
    private var envelope: CallEnvelope? = envelope
    private var order: SendOrder? = null
    private var job: Job? = null
    private var isCancelled = false

    /** Whether the handler has begun, of which its failure must leave no doubt. */
    private var hasBegun = false

    /** A call that runs as well and came before with the same session, which nothing but a careless or hostile caller sends twice. */
    var twin: IncomingCall? = null

    /** Whether it reads from a stream of ours. */
    var isStream: Boolean = false

    /** A piece of a long message is no call of its own for those who count. */
    private val isChunk: Boolean get() = header.method.startsWith(Upload.CACHE)

    /**
     * The caller gave up or is gone; also before the call has begun to run. The handler hears of it elsewhere: what it does on cancellation
     * (`invokeOnCancellation`) runs where it is cancelled, and that must not be the reader.
     */
    fun cancel() {
        val running =
            state.withLock {
                isCancelled = true
                job
            }
        if (running != null) endpoint.scope.launch { running.cancel() }
    }

    /** Serves the call with the function that [lookup] finds or refuses. */
    suspend fun serve(lookup: () -> LocalFunction) {
        try {
            begin()
            answer(lookup)
        } catch (
            @Suppress("TooGenericExceptionCaught") e: Throwable,
        ) {
            // When the caller gave up or left, or this side closes, nobody waits for a reply, whatever the handler makes of it.
            // Anything else, the handler's own time-out or cancellation included, must not leave the caller waiting.
            if (isForNobody()) {
                currentCoroutineContext().ensureActive()
                return
            }
            // The call itself may be cancelled, by its own handler, and its caller hears of it all the same; but not when this side closes.
            withContext(endpoint.scope.coroutineContext.job) { refuse(e) }
            if (hasBegun && reply != null) tellOfFailure(e)
        } finally {
            heartbeat?.cancel()
        }
    }

    private suspend fun begin() {
        val mine = currentCoroutineContext().job
        val late =
            state.withLock {
                job = mine
                isCancelled
            }
        if (late) mine.cancel()
        mine.ensureActive()
    }

    /** Functions among the arguments may be called before the reply; from the first one on, messages go in order. */
    private fun sendOrder(): SendOrder = state.withLock { order ?: SendOrder().also { order = it } }

    private suspend fun answer(lookup: () -> LocalFunction) {
        val function = lookup()
        val received = MessageReferences(endpoint, header.from, header.session, ::sendOrder)
        val arguments = Arguments(endpoint.format, received).bind(function, envelope?.args, envelope?.withKeywords == true)
        envelope = null
        hasBegun = true
        val isReported = endpoint.reports.areWanted && !isChunk
        val result = if (isReported) reported(function, arguments) else handle(function, arguments)
        // A handler may take no notice of its cancellation; its result is for nobody then.
        currentCoroutineContext().ensureActive()
        if (reply != null) resolve(reply, function, result)
    }

    private suspend fun reported(
        function: LocalFunction,
        arguments: Array<Any?>,
    ): Any? = endpoint.reports.incoming(header, isStream, ::isForNobody) { handle(function, arguments) }

    private suspend fun handle(
        function: LocalFunction,
        arguments: Array<Any?>,
    ): Any? =
        if (function.coroutineContext === EmptyCoroutineContext) {
            function.handler(this, arguments)
        } else {
            withContext(function.coroutineContext) { function.handler(this@IncomingCall, arguments) }
        }

    private suspend fun resolve(
        reply: ReplyAddress,
        function: LocalFunction,
        result: Any?,
    ) {
        endpoint.absences.awaitReturn(reply.target)
        val exports = ResultSession(endpoint, header)
        val loans = InterfaceLoans()
        try {
            val references = MessageReferences(endpoint, header.from, isResult = true, loans = loans, export = exports::get)
            val frame = message(reply, reply.resolve) { out -> writeResult(function, result, out, references) }
            order?.closings?.await()
            order.inTurn { endpoint.longMessages.send(reply.target, frame, reply.session, urgencyOf(reply), loans) }
        } finally {
            // A caller who gave up or left meanwhile takes no reply any more. If it left, what it was lent before has ended already.
            if (state.withLock { isCancelled }) loans.mayBeKept = false
            loans.settle()
            if (!loans.mayBeKept) exports.discard()
        }
    }

    private fun writeResult(
        function: LocalFunction,
        result: Any?,
        out: MsgPackWriter,
        references: MessageReferences,
    ) {
        try {
            endpoint.format.writeAs(function.result, result, out, references)
        } catch (e: EncodingException) {
            throw e.within("result")
        }
    }

    /** Whether the caller gave up or left, or this side closes. */
    private fun isForNobody(): Boolean = state.withLock { isCancelled } || !endpoint.scope.isActive

    /** Ends the call, refused with [cause], without an answer. */
    fun abandon(cause: Throwable) {
        tellOfRefusal(cause)
        heartbeat?.cancel()
    }

    /** Ends the call with [cause]. */
    suspend fun refuse(cause: Throwable) {
        tellOfRefusal(cause)
        val to = reply
        if (to == null) {
            if (hasBegun) tellOfFailure(cause)
            return
        }
        try {
            val frame = message(to, to.reject) { out -> endpoint.format.write(error(cause), out, null) }
            order?.closings?.await()
            endpoint.absences.awaitReturn(to.target)
            order.inTurn { endpoint.longMessages.send(to.target, frame, to.session, urgencyOf(to)) }
        } catch (e: HyphaException) {
            endpoint.logger.debug { "the failure of ${header.method} could not be sent to ${to.target}: ${e.message}" }
        } finally {
            heartbeat?.cancel()
        }
    }

    /** The server may ask something back before it takes a service that is restored, and would wait in vain for an answer that waits for that. */
    private fun urgencyOf(reply: ReplyAddress): Urgency =
        if (workspaceOf(reply.target, "") == MANAGER_WORKSPACE) Urgency.Restoration else Urgency.Reply

    private fun tellOfRefusal(cause: Throwable) {
        if (!hasBegun && !isChunk) endpoint.reports.refused(header, cause)
    }

    /** The caller may swallow the failure, or never hear of it; whoever runs the service can find it here. */
    private fun tellOfFailure(cause: Throwable) {
        val level =
            when {
                cause is Error -> HyphaLogger.Level.Error
                reply == null -> HyphaLogger.Level.Warn
                else -> HyphaLogger.Level.Debug
            }
        if (endpoint.logger.isEnabled(level)) {
            endpoint.logger.log(level, "${header.method} failed, called by ${header.from}", cause)
        }
    }

    private fun error(cause: Throwable): Map<String, Any?> =
        if (hasBegun) {
            RemoteErrors.encodeFromHandler(cause, header.from, header.method, header.to)
        } else {
            RemoteErrors.encode(cause)
        }

    private inline fun message(
        reply: ReplyAddress,
        path: String,
        writeResult: (MsgPackWriter) -> Unit,
    ): ByteChain =
        endpoint.message(reply.target, path, parent = reply.session, entries = 1) { out ->
            out.writeString("args")
            out.writeArrayHeader(1)
            writeResult(out)
        }
}
