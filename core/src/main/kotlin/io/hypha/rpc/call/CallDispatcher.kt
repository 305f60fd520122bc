package io.hypha.rpc.call

import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.withContext
import kotlin.coroutines.ContinuationInterceptor

/**
 * A dispatcher whose threads encode and decode calls, and have nothing to do but for those who wait for them: a call that is made there
 * needs no other threads.
 */
internal interface CallDispatcher {
    /** Goes on on one of its threads. False when it has none for this. */
    suspend fun enter(): Boolean
}

/** Runs [action] in the connection's own context, or where the caller is, if that is meant for calls. */
internal suspend fun <T> RpcEndpoint.whereCallsRun(action: suspend () -> T): T {
    val place = currentCoroutineContext()[ContinuationInterceptor] as? CallDispatcher
    return if (place?.enter() == true) action() else withContext(dispatcher) { action() }
}
