package io.hypha.rpc.jvm

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import java.lang.ref.WeakReference
import java.util.Collections
import java.util.WeakHashMap
import java.util.concurrent.Executor
import java.util.concurrent.ExecutorService
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/**
 * The tasks that the library gives to an executor of the user's, which may have few threads. Tasks that wait for calls could take all of
 * them, so that what they wait for never runs. Hence the rule: when a task is not begun though all tasks that run there wait in blocking
 * calls of the library, a thread of the library takes it, one for each that waits. It decides nothing how long that takes to be noticed.
 *
 * The tasks are in a queue here, and the executor gets something that takes the first of them, once for each.
 *
 * @param after runs something after a time.
 * @param spareThreads where tasks run that the executor does not begin.
 */
internal class ExecutorTasks(
    private val executor: Executor,
    private val after: (time: Duration, check: () -> Unit) -> Unit = ::afterDelay,
    private val spareThreads: Executor = libraryThreads,
) : Tasks {
    private val lock = Any()
    private val queue = ArrayDeque<Task>()

    /** Tasks on threads of the executor, and those of them that wait. */
    private var running = 0
    private var waiting = 0

    /** Tasks on spare threads, and those of them that do not wait. */
    private var onSpares = 0
    private var spares = 0

    /** How many tasks were begun: whether there was any progress. */
    private var begun = 0L
    private var isChecking = false
    private var isWatching = false

    override fun submit(task: Task) {
        synchronized(lock) {
            queue.addLast(task)
            check()
        }
        val drain = Drain()
        try {
            executor.execute(drain)
        } catch (
            @Suppress("TooGenericExceptionCaught") e: RuntimeException,
        ) {
            if (synchronized(lock) { queue.remove(task) }) task.reject(rejection(e))
        } finally {
            drain.giver = null
        }
    }

    private fun rejection(cause: Throwable?): Rejection {
        val isShutDown = (executor as? ExecutorService)?.isShutdown == true
        val why = if (isShutDown) "has been shut down" else "takes no more tasks for now"
        return Rejection("the executor that the functions of this client run on $why", cause)
    }

    private fun begin(isSpare: Boolean): Task? =
        synchronized(lock) {
            if (isSpare && !needsSpare()) return null
            queue.removeFirstOrNull()?.also {
                begun++
                if (isSpare) {
                    onSpares++
                    spares++
                } else {
                    running++
                }
            }
        }

    /** Runs the next task, if there is one. */
    private fun runNext(isSpare: Boolean): Boolean {
        val task = begin(isSpare) ?: return false
        PoolThread.whileIn(this, isSpare) { task.run() }
        synchronized(lock) {
            if (isSpare) {
                onSpares--
                spares--
            } else {
                running--
            }
            check()
        }
        return true
    }

    /** A task begins to wait, or a thread that the executor has for other things when [isOwn] is false. */
    fun beginWait(
        isSpare: Boolean,
        isOwn: Boolean = true,
    ) {
        synchronized(lock) {
            if (isSpare) spares-- else waiting++
            if (!isOwn) running++
            check()
        }
    }

    fun endWait(
        isSpare: Boolean,
        isOwn: Boolean = true,
    ) {
        synchronized(lock) {
            if (isSpare) spares++ else waiting--
            if (!isOwn) running--
            check()
        }
    }

    private fun isStuck() = queue.isNotEmpty() && running == waiting

    private fun needsSpare() = isStuck() && spares < maxOf(running, 1)

    /** Whether nothing but a spare thread can help, as far as is known. */
    private fun isUrgent() = needsSpare() && (running > 0 || (onSpares > 0 && mayBeFull()))

    /** Whether threads of the executor may wait in tasks of the user's own. Only a pool has threads of which we know nothing. */
    private fun mayBeFull() = executor is ExecutorService && PoolThread.strangersWait()

    /** Has it looked into later, if need be, whether the executor is stuck. */
    private fun check() {
        if (queue.isEmpty()) return
        if (isUrgent() && !isChecking) {
            isChecking = true
            val before = begun
            after(Patience) { checkAgain(before) }
        }
        if (executor is ExecutorService && !isWatching) {
            isWatching = true
            val before = begun
            after(WatchInterval) { watch(executor, before) }
        }
    }

    private fun checkAgain(before: Long) {
        val isSpareNeeded =
            synchronized(lock) {
                isChecking = false
                val helps = isUrgent() && begun == before
                if (!helps) check()
                helps
            }
        if (isSpareNeeded) startSpare()
    }

    /**
     * Nothing was begun for long. The executor may have been stopped, with what it had not begun thrown away; or be full of tasks of the
     * user's that wait in blocking calls, of which nobody has told us that they are on this executor. Only a pool of threads can be that:
     * other executors stand for a thread which everything has to run on.
     */
    private fun watch(
        executor: ExecutorService,
        before: Long,
    ) {
        var rejected = emptyList<Task>()
        val isSpareNeeded =
            synchronized(lock) {
                isWatching = false
                if (executor.isTerminated) {
                    rejected = queue.toList()
                    queue.clear()
                }
                val isFull = running == 0 && needsSpare() && begun == before && mayBeFull()
                check()
                isFull
            }
        for (task in rejected) task.reject(rejection(null))
        if (isSpareNeeded) startSpare()
    }

    private fun startSpare() {
        spareThreads.execute {
            // One after the other without another delay, as long as the executor is stuck.
            while (runNext(isSpare = true)) continue
            synchronized(lock) { check() }
        }
    }

    /** What the executor gets. */
    private inner class Drain : Runnable {
        /** The thread that gives it to the executor; null when it has done so. */
        @Volatile
        var giver: Thread? = Thread.currentThread()

        override fun run() {
            // Threads of the connection give tasks, and run none of them, as some executors would have it.
            if (giver === Thread.currentThread()) spareThreads.execute { runNext(isSpare = false) } else runNext(isSpare = false)
        }
    }

    companion object {
        /** How long an executor whose tasks all wait is given to begin another one. */
        val Patience = 3.milliseconds

        /** How long an executor is given that may be busy with something else. */
        val WatchInterval = 1.seconds

        private val known = Collections.synchronizedMap(WeakHashMap<Executor, WeakReference<ExecutorTasks>>())

        /** Those of [executor], whoever uses it: clients and services may share one. */
        fun of(executor: Executor): ExecutorTasks =
            synchronized(known) {
                known[executor]?.get() ?: ExecutorTasks(executor).also { known[executor] = WeakReference(it) }
            }
    }
}

private val timers = CoroutineScope(Dispatchers.Default)

private fun afterDelay(
    time: Duration,
    check: () -> Unit,
) {
    timers.launch {
        delay(time)
        check()
    }
}
