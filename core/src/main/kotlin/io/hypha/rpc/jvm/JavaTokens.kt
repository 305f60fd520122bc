package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.client.TokenProvider
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
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
    ): TokenProvider {
        val questions = Questions(execution)
        return TokenProvider { questions.ask(token) }
    }

    /** Asks [token] where [execution] says, and waits for its answer without a thread. */
    @JvmStatic
    public fun later(
        execution: JavaExecution,
        token: Callable<CompletionStage<String?>?>,
    ): TokenProvider {
        val questions = Questions(execution)
        return TokenProvider {
            val answer = requireNotNull(questions.ask(token)) { "the token provider returned null in place of a CompletionStage" }
            execution.settled(answer) as String?
        }
    }
}

/**
 * Asks code that may block, one question at a time. Whoever gives up is not held by code that takes no notice of the interruption of its
 * thread, such as one that reads from a socket or from a person; but nobody asks again before it has ended.
 */
private class Questions(
    private val execution: JavaExecution,
) {
    @Volatile
    private var last: Job? = null

    suspend fun <T> ask(question: Callable<T>): T {
        last?.join()
        val asking = CoroutineScope(execution.dispatcher).async { runInterruptible { question.call() } }
        last = asking
        try {
            return asking.await()
        } finally {
            asking.cancel()
        }
    }
}
