package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** Calls of remote functions by Java programs. */
@InternalHyphaApi
public object JavaCalls {
    /** A stream that fails. */
    @JvmStatic
    public fun <T> failing(failure: Throwable): Flow<T> = flow { throw failure }
}
