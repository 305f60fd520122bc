package io.hypha.rpc.call

import io.hypha.rpc.HyphaException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.OverloadedException
import io.hypha.rpc.debug
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.launch
import kotlin.coroutines.EmptyCoroutineContext

/** The calls of others that are running here. Each can be taken back by its caller. */
internal class IncomingCalls(
    private val endpoint: RpcEndpoint,
) {
    private val lock = Lock()
    private val running = HashMap<Key, IncomingCall>()
    private val cancelledEarly = EarlyCancellations()
    private val served = SharedRoom(endpoint.options.maxIncomingCalls, endpoint.options.maxIncomingBytes)
    private val builtIns = SharedRoom(MAX_BUILT_INS, MAX_BUILT_IN_BYTES)
    private val callbacks = SharedRoom(MAX_CALLBACKS, endpoint.options.maxIncomingBytes)
    private val refusals = SharedRoom(MAX_REFUSALS, Long.MAX_VALUE)

    val size: Int get() = lock.withLock { running.values.sumOf { it.andTwins().count() } }

    /** Starts a service call, or refuses it when there are too many. Never runs anything of a user's on the caller's thread. */
    fun startServiceCall(
        call: IncomingCall,
        size: Int,
        lookup: () -> LocalFunction,
    ) {
        val caller = call.header.from
        if (served.tryTakeOrFirst(caller, size.toLong())) {
            remember(call)
            start(call, endpoint.serving, CoroutineStart.DEFAULT, lookup) { served.free(caller, size.toLong()) }
        } else {
            refuse(call, OverloadedException("${endpoint.me} has too many calls to serve; call again later"))
        }
    }

    /** Starts a built-in function. They have places of their own, so that the pieces of long messages pass while calls are refused. */
    fun startBuiltIn(
        call: IncomingCall,
        size: Int,
        lookup: () -> LocalFunction,
    ) {
        val caller = call.header.from
        if (builtIns.tryTakeOrFirst(caller, size.toLong())) {
            val takesMessage = call.header.method == PROCESS
            if (takesMessage) lock.withLock { cancelledEarly.begin(caller) }
            remember(call)
            start(call, endpoint.scope, CoroutineStart.DEFAULT, lookup) {
                if (takesMessage) lock.withLock { cancelledEarly.end(caller) }
                builtIns.free(caller, size.toLong())
            }
        } else {
            refuse(call, OverloadedException("${endpoint.me} has too many calls to serve; call again later"))
        }
    }

    /** Tells the caller why its call was not started. A flood of bad calls over a slow link is answered in part only. */
    fun refuse(
        call: IncomingCall,
        cause: HyphaException,
    ) {
        val caller = call.header.from
        if (refusals.tryTake(caller, 0)) {
            endpoint.scope.launch { call.refuse(cause) }.invokeOnCompletion { refusals.free(caller, 0) }
        } else {
            call.abandon(cause)
            endpoint.logger.debug { "$MAX_REFUSALS refusals wait to be sent already; one more was dropped" }
        }
    }

    /**
     * Starts a callback on the serial queue of its session. Calls into our own sessions are taken whatever else is to do, up to a bound that
     * only a peer reaches who does not wait for what it called.
     */
    fun startCallback(
        call: IncomingCall,
        size: Int,
        session: Session,
        function: LocalFunction,
    ) {
        val caller = call.header.from
        if (!callbacks.tryTakeOrFirst(caller, size.toLong())) {
            return refuse(call, OverloadedException("${endpoint.me} has too many callbacks to run; call again later"))
        }
        remember(call)
        session.enter()
        val leave = {
            callbacks.free(caller, size.toLong())
            endpoint.sessions.leave(session)
        }
        session.queue().submit {
            if (session.isAbandoned) {
                forget(call)
                leave()
                refuse(call, MethodNotFoundException("Session not found: $caller:${call.header.method}"))
            } else {
                start(call, endpoint.serving, CoroutineStart.UNDISPATCHED, { function }, leave)
            }
        }
    }

    /** The caller gave up, perhaps when the result was on its way: then nobody will ever use what lives here for it. */
    fun cancel(
        from: String,
        session: String,
    ) {
        val calls =
            lock.withLock {
                val calls = running[Key(from, session)]?.andTwins()?.toList()
                if (calls == null) cancelledEarly.add(from, session)
                calls
            }
        calls?.forEach { it.cancel() }
        endpoint.sessions.closeResult(from, session)
    }

    /** Whether a call of [peer] is running. */
    fun hasAnyFrom(peer: String): Boolean = lock.withLock { running.keys.any { it.from == peer } }

    /** The caller is gone. */
    fun cancelAllFrom(peer: String) = cancelAllFrom(peer) { true }

    /** The caller is gone, and with it the sessions that some of its calls were for. */
    fun cancelOrphansFrom(peer: String) =
        cancelAllFrom(peer) {
            val method = it.header.method
            !method.startsWith(SERVICES) && endpoint.sessions.find(method.substringBefore('.')) == null
        }

    private fun cancelAllFrom(
        peer: String,
        fits: (IncomingCall) -> Boolean,
    ) {
        val calls = lock.withLock { running.filterKeys { it.from == peer }.values.flatMap { it.andTwins() } }
        calls.filter(fits).forEach { it.cancel() }
    }

    private fun start(
        call: IncomingCall,
        scope: CoroutineScope,
        start: CoroutineStart,
        lookup: () -> LocalFunction,
        onEnd: () -> Unit,
    ) {
        val place = if (start == CoroutineStart.UNDISPATCHED) BegunElsewhere else EmptyCoroutineContext
        scope.launch(place, start) { call.serve(lookup) }.invokeOnCompletion {
            forget(call)
            onEnd()
        }
    }

    private fun remember(call: IncomingCall) {
        val key = keyOf(call) ?: return
        val isGivenUp =
            lock.withLock {
                call.twin = running.put(key, call)
                cancelledEarly.take(key.from, key.session)
            }
        if (isGivenUp) call.cancel()
    }

    private fun forget(call: IncomingCall) {
        val key = keyOf(call) ?: return
        lock.withLock {
            val twin = call.twin
            val newest = running[key]
            when {
                newest !== call -> newest?.andTwins()?.firstOrNull { it.twin === call }?.twin = twin
                twin == null -> running -= key
                else -> running[key] = twin
            }
            call.twin = null
        }
    }

    private fun IncomingCall.andTwins() = generateSequence(this) { it.twin }

    private fun keyOf(call: IncomingCall): Key? = call.header.session?.let { Key(call.header.from, it) }

    private data class Key(
        val from: String,
        val session: String,
    )

    private companion object {
        const val SERVICES = "services."
        const val PROCESS = "${Upload.CACHE}.process"
        const val MAX_REFUSALS = 1024

        /** A stream that waits for its next item is one. */
        const val MAX_CALLBACKS = 65_536

        /** Room for the pieces that sixty-four peers send at a time: 16 of 256 KiB each. */
        const val MAX_BUILT_INS = 1024
        const val MAX_BUILT_IN_BYTES = MAX_BUILT_INS * 256L * 1024
    }
}
