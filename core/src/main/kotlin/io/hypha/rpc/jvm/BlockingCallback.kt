package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.call.Parameter
import io.hypha.rpc.value.shape

/**
 * A callback whose code blocks: its calls run one at a time, in the order of their arrival. A call that it was passed to returns when those
 * that have arrived by then are done, or wait for a call of their own.
 */
@InternalHyphaApi
public class BlockingCallback(
    parameters: List<Parameter>,
    handler: BlockingHandler,
) {
    private val turn = Turn()

    /** What is passed as the argument. */
    public val function: LocalFunction =
        LocalFunction("callback", null, parameters, shape<Any?>(), awaitEarlier = turn::awaitEarlier) { arguments ->
            val result = turn.take { handler.handle(context, arguments) }
            // A stage that has not come to its end counts as a call that waits for one of its own.
            val execution = JavaExecution.current()
            streamOf(execution.settled(result), execution)
        }
}
