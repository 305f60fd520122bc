package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.client.HyphaConnection
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.currentCoroutineContext
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executor
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext

/**
 * Where the code of Java users runs: handlers, callbacks, and whatever depends on the futures that they get. It travels in the context of
 * a connection ([HyphaOptions.coroutineContext][io.hypha.rpc.client.HyphaOptions.coroutineContext]), or of a service with one of its own.
 *
 * @param executor null for threads of the library's own, as many as there are blocked calls.
 */
@InternalHyphaApi
public class JavaExecution(
    executor: Executor?,
) : AbstractCoroutineContextElement(Key) {
    /** Where that code runs. */
    public val dispatcher: CoroutineDispatcher = executor?.asCoroutineDispatcher() ?: blockingThreads

    private val completions: Executor = dispatcher.asExecutor()

    /** Waits for [call]; see [Blocking.await]. */
    public fun <T> await(call: Suspending<T>): T = Blocking.await(call)

    /**
     * Starts [call] on the thread of the caller. The future is completed on the [dispatcher], so that what depends on it may block.
     * Cancelling the future cancels the call.
     */
    public fun <T> future(call: Suspending<T>): CompletableFuture<T> {
        val running = Blocking.future(call)
        val result = CompletableFuture<T>()
        running.whenComplete { value, failure ->
            completions.execute { if (failure == null) result.complete(value) else result.completeExceptionally(failure) }
        }
        result.whenComplete { _, _ -> if (result.isCancelled) running.cancel(true) }
        return result
    }

    /** The key of the element. */
    public companion object Key : CoroutineContext.Key<JavaExecution> {
        /** That of connections which say nothing else. */
        @JvmStatic
        public val default: JavaExecution = JavaExecution(null)

        /** That of the connection through which [function] came. */
        @JvmStatic
        public fun of(function: RemoteFunction): JavaExecution = of(function.connectionContext)

        /** That of a connection. */
        @JvmStatic
        public fun of(connection: HyphaConnection): JavaExecution = of(connection.coroutineContext)

        /** That of the call which is being served. */
        internal suspend fun current(): JavaExecution = of(currentCoroutineContext())

        private fun of(context: CoroutineContext): JavaExecution = context[Key] ?: default
    }
}
