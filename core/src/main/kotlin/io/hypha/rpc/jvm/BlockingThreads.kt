package io.hypha.rpc.jvm

/**
 * Threads for code that may block, of which there are as many as there are tasks that run. A task never waits for the end of another one,
 * as long as there are fewer than [mostThreads]; threads are daemons, and end when they have had nothing to do for [idleNanos].
 *
 * Waking a thread costs more than a small task does. So one thread at a time is on its way to the tasks that wait: it wakes the next one
 * if it leaves any behind. Whoever has ended a task meanwhile takes the next. And what a thread of these starts, while it does not run
 * code that may block ([BlockingThread.blocking]), it may do itself afterwards ([BlockingThread.keeps]).
 */
internal class BlockingThreads(
    private val name: String,
    private val mostThreads: Int = MOST_THREADS,
    private val idleNanos: Long = IDLE_NANOS,
    private val start: (Thread) -> Unit = Thread::start,
) : OwnThreads {
    private val lock = Any()
    private val tasks = ArrayDeque<Runnable>()
    private val idle = ArrayDeque<BlockingThread>()
    private var threads = 0
    private var started = 0L

    /** Whether a thread is on its way to take a task, and will before it does anything else. True whenever a task waits. */
    private var isSeeking = false

    /** Runs [task], which may block. */
    override fun execute(task: Runnable) {
        val seeker =
            synchronized(lock) {
                tasks.addLast(task)
                nextSeeker()
            }
        seeker?.let(::send)
    }

    /** Runs [task], which does not block but in [BlockingThread.blocking]. */
    override fun executeQuick(task: Runnable) {
        val quick = QuickTask(task)
        if ((Thread.currentThread() as? BlockingThread)?.keeps(this, quick) != true) execute(quick)
    }

    /** To be called with the lock; what it returns has to be [sent][send] without. */
    private fun nextSeeker(): BlockingThread? {
        if (isSeeking || tasks.isEmpty()) return null
        val seeker = idle.removeLastOrNull() ?: newThread() ?: return null
        isSeeking = true
        seeker.isSeeker = true
        return seeker
    }

    /**
     * A system may refuse one more thread: then those that there are take the tasks, when they have ended their own. Without any the
     * tasks are given up.
     */
    private fun send(seeker: BlockingThread) {
        try {
            seeker.seek(start)
        } catch (e: OutOfMemoryError) {
            val isLast =
                synchronized(lock) {
                    isSeeking = false
                    seeker.isSeeker = false
                    (--threads == 0).also { if (it) tasks.clear() }
                }
            if (isLast) throw e
        }
    }

    private fun newThread(): BlockingThread? {
        if (threads == mostThreads) return null
        threads++
        return BlockingThread(this, "$name-${++started}")
    }

    /** The next task for [thread], which waits for it; null when it has to end. */
    fun next(thread: BlockingThread): Runnable? {
        var isLate = false
        while (true) {
            var seeker: BlockingThread? = null
            val task =
                synchronized(lock) {
                    if (thread.isSeeker) {
                        thread.isSeeker = false
                        isSeeking = false
                    }
                    // Nobody may count on one that has a task, or ends.
                    if (isLate) idle.remove(thread)
                    val task = tasks.removeFirstOrNull()
                    when {
                        task != null -> {
                            seeker = nextSeeker()
                        }

                        isLate -> {
                            threads--
                            return null
                        }

                        else -> {
                            idle.addLast(thread)
                        }
                    }
                    task
                }
            seeker?.let(::send)
            if (task != null) return task
            isLate = !thread.rest(idleNanos)
        }
    }

    private companion object {
        /** As many as there are calls that a connection admits by default, so that calls that wait for each other do not run out of them. */
        const val MOST_THREADS = 4096
        const val IDLE_NANOS = 10_000_000_000L
    }
}
