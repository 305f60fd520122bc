package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import kotlin.coroutines.Continuation

/** A call of a suspending function, as Java sees it: `continuation -> connection.getService(id, null, continuation)`. */
@InternalHyphaApi
public fun interface Suspending<T> {
    /** Starts it; returns its result, or `COROUTINE_SUSPENDED` when that goes to [continuation] later. */
    public fun start(continuation: Continuation<T>): Any?
}
