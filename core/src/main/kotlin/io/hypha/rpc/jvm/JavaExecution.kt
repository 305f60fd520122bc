package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.client.HyphaConnection
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.completeWith
import kotlinx.coroutines.currentCoroutineContext
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executor
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext

/**
 * Where the code of Java users runs: handlers, callbacks, and whatever depends on the futures that they get. It travels in the context of
 * a connection ([HyphaOptions.coroutineContext][io.hypha.rpc.client.HyphaOptions.coroutineContext]), or of a service with one of its own.
 *
 * @param executor null for threads of the library's own, one for each task: virtual ones where there are any, else daemon threads.
 */
@InternalHyphaApi
public class JavaExecution(
    executor: Executor?,
) : AbstractCoroutineContextElement(Key) {
    private val tasks: Tasks = if (executor == null) ownThreads else ExecutorTasks.of(executor)

    /** For what takes a dispatcher. */
    public val dispatcher: CoroutineDispatcher = TaskDispatcher(tasks)

    /**
     * Runs [action], which may block, and returns its outcome when it has ended. Cancelling interrupts its thread.
     *
     * @throws io.hypha.rpc.OverloadedException when the executor does not take it.
     */
    public suspend fun <T> run(action: () -> T): T = InterruptibleTask(action).also { tasks.submit(it) }.await()

    /** Serves a call with [action], as [run] does: futures are waited for, and iterators and streams run where it ran. */
    internal suspend fun serve(action: () -> Any?): Any? = streamOf(settled(run(action)), this)

    /** Runs [action], which may block: on a thread of the library, when the executor does not take it. */
    public fun execute(action: Runnable) {
        tasks.submit(LastingTask(action))
    }

    /** Runs [action], as [execute] does, and returns its outcome. Its thread is never interrupted. */
    internal suspend fun <T> runAnyhow(action: () -> T): T {
        val outcome = CompletableDeferred<T>()
        execute { outcome.completeWith(runCatching(action)) }
        return outcome.await()
    }

    /** Waits for [call]; see [Blocking.await]. */
    public fun <T> await(call: Suspending<T>): T = Blocking.await(call)

    /**
     * Starts [call] on the thread of the caller. The future is completed where handlers run, so that what depends on it may block.
     * Cancelling it, or completing it in any other way, cancels the call.
     */
    public fun <T> future(call: Suspending<T>): CompletableFuture<T> {
        val running = Blocking.future(call)
        val result = ExecutionFuture<T>(running)
        running.whenComplete { value, failure -> if (!result.isDone) execute { result.settle(value, failure) } }
        return result
    }

    /** The key of the element. */
    public companion object Key : CoroutineContext.Key<JavaExecution> {
        private val ownThreads = UnboundedTasks(VirtualThreads.executorOrNull() ?: libraryThreads)

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

/** Code that has to run wherever it can. */
private class LastingTask(
    private val action: Runnable,
) : Task {
    override fun run() {
        action.run()
    }

    override fun reject(reason: Rejection) {
        libraryThreads.execute(action)
    }
}
