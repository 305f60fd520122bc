package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import java.util.function.Function
import kotlin.coroutines.Continuation
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

/** A call of a suspending function, as Java sees it: `continuation -> connection.getService(id, null, continuation)`. */
@InternalHyphaApi
public fun interface Suspending<T> {
    /** Starts it; returns its result, or `COROUTINE_SUSPENDED` when that goes to [continuation] later. */
    public fun start(continuation: Continuation<T>): Any?

    /** The same call with a result made of that of this one. */
    public fun <R> map(transform: Function<T, R>): Suspending<R> =
        Suspending { continuation ->
            suspend { transform.apply(await()) }.startCoroutineUninterceptedOrReturn(continuation)
        }

    /** How Kotlin makes them. */
    public companion object {
        internal fun <T> of(action: suspend () -> T): Suspending<T> =
            Suspending { continuation -> action.startCoroutineUninterceptedOrReturn(continuation) }
    }
}

internal suspend fun <T> Suspending<T>.await(): T = suspendCoroutineUninterceptedOrReturn { start(it) }
