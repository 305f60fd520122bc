package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.CallContext

/** A method of a Java program that serves calls. */
@InternalHyphaApi
public interface TypedHandler {
    /**
     * Serves one call; may block and throw anything, and return a `CompletionStage`. The thread is interrupted when the caller gives up.
     *
     * @param execution where it runs.
     */
    @Throws(Exception::class)
    public fun handle(
        execution: JavaExecution,
        context: CallContext,
        arguments: Array<Any?>,
    ): Any?

    /** What is sent for [result], which the method returned, or which its stage ended with. */
    public fun sent(
        execution: JavaExecution,
        result: Any?,
    ): Any?
}
