package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.CallContext

/** A function that may block its thread and throw anything. */
@InternalHyphaApi
public fun interface BlockingHandler {
    /** Serves one call. The thread is interrupted when the caller gives up. */
    @Throws(Exception::class)
    public fun handle(
        context: CallContext,
        arguments: Array<Any?>,
    ): Any?
}
