package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.client.TokenProvider
import kotlinx.coroutines.future.await
import kotlinx.coroutines.runInterruptible
import java.util.concurrent.Callable
import java.util.concurrent.CompletionStage

/** Token providers made of code that blocks, or that answers later. */
@InternalHyphaApi
public object JavaTokens {
    /** Asks [token], which may block, where [execution] says; its thread is interrupted when the connection ends. */
    @JvmStatic
    public fun blocking(
        execution: JavaExecution,
        token: Callable<String?>,
    ): TokenProvider = TokenProvider { runInterruptible(execution.dispatcher) { token.call() } }

    /** Asks [token] where [execution] says, and waits for its answer without a thread. */
    @JvmStatic
    public fun later(
        execution: JavaExecution,
        token: Callable<CompletionStage<String?>>,
    ): TokenProvider =
        TokenProvider {
            val answer = runInterruptible(execution.dispatcher) { token.call() }
            requireNotNull(answer) { "the token provider returned null in place of a CompletionStage" }.await()
        }
}
