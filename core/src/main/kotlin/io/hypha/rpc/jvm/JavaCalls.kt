package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.value.Shape
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** Calls of remote functions by Java programs. */
@InternalHyphaApi
public object JavaCalls {
    /** A stream that fails. */
    @JvmStatic
    public fun <T> failing(failure: Throwable): Flow<T> = flow { throw failure }

    /**
     * Calls [function], and then waits for what its [callbacks] have got until then: when it returns they have ended, or wait for a call
     * of their own.
     */
    @JvmStatic
    public suspend fun <T> call(
        function: RemoteFunction,
        result: Shape<T>,
        args: List<Any?>,
        kwargs: Map<String, Any?>,
        callbacks: List<BlockingCallback>,
    ): T =
        try {
            function.call(result, args, kwargs)
        } finally {
            for (callback in callbacks) callback.awaitEarlier()
        }
}
