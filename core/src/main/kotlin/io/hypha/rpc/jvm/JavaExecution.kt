package io.hypha.rpc.jvm

import io.hypha.rpc.InternalHyphaApi
import io.hypha.rpc.call.BegunElsewhere
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.call.ServingPlace
import io.hypha.rpc.client.HyphaConnection
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.completeWith
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.yield
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.ContinuationInterceptor
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
) : AbstractCoroutineContextElement(Key),
    ServingPlace {
    private val tasks: Tasks = if (executor == null) UnboundedTasks(ownThreads) else ExecutorTasks.of(executor)

    /** Threads of users' are for their code only. */
    override val servingDispatcher: CoroutineDispatcher? = if (executor == null) OwnDispatcher else null

    /** An element that is found under two keys. */
    @Suppress("UNCHECKED_CAST") // It is one of them.
    override fun <E : CoroutineContext.Element> get(key: CoroutineContext.Key<E>): E? =
        if (key === Key || key === ServingPlace.Key) this as E else null

    /** For what takes a dispatcher. */
    public val dispatcher: CoroutineDispatcher = TaskDispatcher(tasks)

    /**
     * Runs [action], which may block, and returns its outcome when it has ended. Cancelling interrupts its thread.
     *
     * @throws io.hypha.rpc.OverloadedException when the executor does not take it.
     */
    public suspend fun <T> run(action: () -> T): T {
        val task = InterruptibleTask(action)
        if (isOnOwnThread()) return task.runHere()
        tasks.submit(task)
        return task.await()
    }

    /** Whether the coroutine runs on a thread that may block already, and holds up nothing else there. */
    private suspend fun isOnOwnThread(): Boolean {
        val context = currentCoroutineContext()
        val isOwn = servingDispatcher != null && context[ContinuationInterceptor] === servingDispatcher
        if (isOwn && BegunElsewhere.isOf(context)) yield()
        return isOwn
    }

    /** Serves a call with [action], as [run] does: futures are waited for, and iterators and streams run where it ran. */
    internal suspend fun serve(action: () -> Any?): Any? {
        var made: Any? = null
        val result =
            try {
                run { action().also { made = it } }
            } catch (e: CancellationException) {
                // The caller may give up while the result is on its way out of there.
                (made as? CompletionStage<*>)?.let { stage -> execute { cancel(stage) } }
                throw e
            }
        return streamOf(settled(result), this)
    }

    /** Runs [action], which may block: on a thread of the library, when the executor does not take it. */
    public fun execute(action: Runnable) {
        tasks.submit(LastingTask(action))
    }

    /** Runs [action], as [execute] does, and returns its outcome. Its thread is never interrupted. */
    internal suspend fun <T> runAnyhow(action: () -> T): T {
        if (isOnOwnThread()) return BlockingThread.blocking(action)
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
        servingDispatcher?.let { place ->
            return FutureCall<T>(place).apply { start(CoroutineStart.UNDISPATCHED, call) { call.await() } }.future
        }
        val running = Blocking.future(call)
        val result = ExecutionFuture<T> { running.cancel(true) }
        running.whenComplete { value, failure -> if (!result.isDone) execute { result.settle(value, failure) } }
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
