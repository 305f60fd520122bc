package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.LocalFunction
import io.hypha.rpc.call.Parameter
import io.hypha.rpc.value.Shape
import io.hypha.rpc.value.shape
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.future.await
import kotlinx.coroutines.runInterruptible
import java.util.concurrent.CompletionStage
import java.util.concurrent.Future
import java.util.function.Function

/** Makes functions out of the methods of Java programs. */
@InternalHyphaApi
public object TypedFunctions {
    /**
     * A member of a service that runs where the [JavaExecution] of the service or connection says; its calls run side by side.
     *
     * @param extraKeywords what keywords are that name no parameter, a map of which then follows the arguments; null refuses them.
     * @param handler may block, or return a [CompletionStage], which is cancelled when the caller gives up.
     * @param sent makes what is sent of a result.
     */
    @JvmStatic
    public fun member(
        name: String,
        description: String?,
        parameters: List<Parameter>,
        extraKeywords: Shape<*>?,
        handler: BlockingHandler,
        sent: Function<Any?, Any?>,
    ): LocalFunction =
        LocalFunction(name, description, parameters, shape<Any?>(), extraKeywords = extraKeywords) { arguments ->
            sent.apply(finished { handler.handle(context, arguments) })
        }

    /** A caller may also give up while the future is on its way out of [run]. */
    private suspend fun finished(run: () -> Any?): Any? {
        var future: Future<*>? = null
        try {
            val result = runInterruptible(JavaExecution.current().dispatcher) { run().also { future = it as? Future<*> } }
            return if (result is CompletionStage<*>) result.await() else result
        } catch (e: CancellationException) {
            future?.cancel(true)
            throw e
        }
    }
}
