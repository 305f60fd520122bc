package io.hypha.rpc.jvm

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import java.util.concurrent.CompletionException
import java.util.concurrent.CompletionStage

/**
 * What a handler has come to, when its [result] is a `CompletionStage`, else the result itself. When the caller gives up the stage is
 * cancelled, where handlers run: others may have asked to be told.
 */
internal suspend fun JavaExecution.settled(result: Any?): Any? {
    if (result !is CompletionStage<*>) return result
    val outcome = CompletableDeferred<Any?>()
    result.whenComplete { value, failure ->
        when (failure) {
            null -> outcome.complete(value)
            is CompletionException -> outcome.completeExceptionally(failure.cause ?: failure)
            else -> outcome.completeExceptionally(failure)
        }
    }
    try {
        return outcome.await()
    } catch (e: CancellationException) {
        if (!outcome.isCompleted) execute { cancel(result) }
        throw e
    }
}

internal fun cancel(stage: CompletionStage<*>) {
    try {
        stage.toCompletableFuture().cancel(true)
    } catch (_: UnsupportedOperationException) {
        // A stage may be no future, and cannot be cancelled then.
    }
}
