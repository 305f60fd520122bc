package io.hypha.rpc.jvm

import kotlin.coroutines.Continuation
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.intercepted
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn
import kotlin.coroutines.resumeWithException

/** Runs [action] for a suspending function that was called by its method on the JVM, whose caller goes on with [continuation]. */
internal fun suspending(
    continuation: Continuation<Any?>,
    action: suspend () -> Any?,
): Any? = failingLate(continuation) { action.startCoroutineUninterceptedOrReturn(continuation) }

/**
 * What [run] returns. Java wraps what a proxy throws and no declaration names, unless it arrives in the way in which suspending functions
 * fail later.
 */
internal inline fun failingLate(
    continuation: Continuation<Any?>,
    run: () -> Any?,
): Any? =
    try {
        run()
    } catch (e: RuntimeException) {
        throw e
    } catch (e: Exception) {
        continuation.intercepted().resumeWithException(e)
        COROUTINE_SUSPENDED
    }
