package io.hypha.rpc.jvm

import java.util.concurrent.locks.LockSupport

/** A thread of [BlockingThreads]. */
internal class BlockingThread(
    private val owner: BlockingThreads,
    name: String,
) : Thread(name) {
    /** Whether it was woken, or made, to take a task. */
    @Volatile
    var isSeeker = false

    /** Whether what it runs now does not block. */
    private var isQuick = false

    /** A quick task that it does after the one that it runs, unless that blocks. */
    private var kept: Runnable? = null

    init {
        isDaemon = true
        contextClassLoader = BlockingThread::class.java.classLoader
    }

    /** Makes it take a task; a new one is begun by [start]. */
    fun seek(start: (Thread) -> Unit) {
        if (state == State.NEW) start(this) else LockSupport.unpark(this)
    }

    /** Waits until it is made to take a task; false when it was not after [nanos]. */
    fun rest(nanos: Long): Boolean {
        val end = System.nanoTime() + nanos
        while (!isSeeker) {
            val left = end - System.nanoTime()
            if (left <= 0) return false
            LockSupport.parkNanos(owner, left)
            // Nobody has a reason to interrupt a thread that does nothing.
            interrupted()
        }
        return true
    }

    override fun run() {
        while (true) {
            val task = takeKept() ?: owner.next(this) ?: return
            isQuick = task is QuickTask
            try {
                task.run()
            } catch (
                @Suppress("TooGenericExceptionCaught") e: Throwable,
            ) {
                uncaughtExceptionHandler.uncaughtException(this, e)
            }
        }
    }

    private fun takeKept() = kept?.also { kept = null }

    /** Does [task] after the one that it runs; false when it may not come to that soon, or another thread could. */
    fun keeps(
        owner: BlockingThreads,
        task: QuickTask,
    ): Boolean {
        if (!isQuick || owner !== this.owner || kept != null) return false
        kept = task
        return true
    }

    private fun becomeSlow() {
        isQuick = false
        takeKept()?.let(owner::execute)
    }

    companion object {
        /** Whether this is one. */
        fun isCurrent(): Boolean = currentThread() is BlockingThread

        /** Runs [action], which may block, in a task that does not. */
        inline fun <T> blocking(action: () -> T): T {
            val thread = currentThread() as? BlockingThread
            if (thread == null || !thread.isQuick) return action()
            thread.becomeSlow()
            try {
                return action()
            } finally {
                thread.isQuick = true
            }
        }
    }
}

/** Something that does not block but in [BlockingThread.blocking]. */
internal class QuickTask(
    private val task: Runnable,
) : Runnable by task
