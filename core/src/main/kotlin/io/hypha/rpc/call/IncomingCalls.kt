package io.hypha.rpc.call

import io.hypha.rpc.OverloadedException
import io.hypha.rpc.platform.Lock
import io.hypha.rpc.platform.withLock
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.launch

/** The calls of others that are running here. Each can be taken back by its caller. */
internal class IncomingCalls(
    private val endpoint: RpcEndpoint,
) {
    private val lock = Lock()
    private val running = HashMap<Key, IncomingCall>()
    private val admission = Admission(endpoint.options.maxIncomingCalls, endpoint.options.maxIncomingBytes)

    val size: Int get() = lock.withLock { running.size }

    /** Starts a service call, or refuses it when there are too many. Never runs anything of a user's on the caller's thread. */
    fun startServiceCall(
        call: IncomingCall,
        size: Int,
        lookup: () -> LocalFunction,
    ) {
        if (admission.tryEnter(size)) {
            start(call, CoroutineStart.DEFAULT, lookup) { admission.leave(size) }
        } else {
            endpoint.scope.launch { call.refuse(OverloadedException("${endpoint.me} has too many calls to serve; call again later")) }
        }
    }

    /** Starts a built-in function: the parts of long messages must pass even when calls are refused, and bound themselves. */
    fun startBuiltIn(
        call: IncomingCall,
        lookup: () -> LocalFunction,
    ) {
        start(call, CoroutineStart.DEFAULT, lookup) {}
    }

    /** Starts a callback on the serial queue of its session. Calls into our own sessions are always taken. */
    fun startCallback(
        call: IncomingCall,
        session: Session,
        function: LocalFunction,
    ) {
        remember(call)
        session.enter()
        session.queue().submit { start(call, CoroutineStart.UNDISPATCHED, { function }) { endpoint.sessions.leave(session) } }
    }

    /** The caller gave up. */
    fun cancel(
        from: String,
        session: String,
    ) {
        lock.withLock { running[Key(from, session)] }?.cancel()
    }

    /** The caller is gone. */
    fun cancelAllFrom(peer: String) {
        lock.withLock { running.filterKeys { it.from == peer }.values.toList() }.forEach { it.cancel() }
    }

    private fun start(
        call: IncomingCall,
        start: CoroutineStart,
        lookup: () -> LocalFunction,
        onEnd: () -> Unit,
    ) {
        remember(call)
        endpoint.scope.launch(start = start) { call.serve(lookup) }.invokeOnCompletion {
            forget(call)
            onEnd()
        }
    }

    private fun remember(call: IncomingCall) {
        val key = keyOf(call) ?: return
        lock.withLock { running[key] = call }
    }

    private fun forget(call: IncomingCall) {
        val key = keyOf(call) ?: return
        lock.withLock { if (running[key] === call) running.remove(key) }
    }

    private fun keyOf(call: IncomingCall): Key? = call.header.session?.let { Key(call.header.from, it) }

    private data class Key(
        val from: String,
        val session: String,
    )
}
