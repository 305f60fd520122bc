package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.TransferProgress
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** Calls of remote functions by Java programs. */
@InternalHyphaApi
public object JavaCalls {
    /** [RemoteFunction.onProgress]. */
    @JvmStatic
    public fun onProgress(
        function: RemoteFunction,
        listener: BlockingListener<TransferProgress>,
    ): RemoteFunction = function.onProgress(listener.suspending(JavaExecution.of(function)))

    /** A stream that fails. */
    @JvmStatic
    public fun <T> failing(failure: Throwable): Flow<T> = flow { throw failure }
}
