package io.hypha.rpc.jvm

import java.lang.ref.WeakReference
import java.util.concurrent.atomic.AtomicInteger

/** What is known of a thread that runs tasks of the library on an executor, or has done so. */
internal class PoolThread private constructor(
    private val tasks: ExecutorTasks,
    private val isSpare: Boolean,
) {
    private var isWaiting = false

    companion object {
        private val current = ThreadLocal<PoolThread>()

        /** The executor whose thread this one has been. Threads outlive executors, so it is held weakly. */
        private val home = ThreadLocal<WeakReference<ExecutorTasks>>()

        private val strangers = AtomicInteger()

        /** Whether a thread waits that may belong to any executor. */
        fun strangersWait(): Boolean = strangers.get() > 0

        /** Runs a task of [tasks]. */
        inline fun whileIn(
            tasks: ExecutorTasks,
            isSpare: Boolean,
            action: () -> Unit,
        ) {
            val outer = current.get()
            current.set(PoolThread(tasks, isSpare))
            if (!isSpare && home.get()?.get() !== tasks) home.set(WeakReference(tasks))
            try {
                action()
            } finally {
                if (outer == null) current.remove() else current.set(outer)
            }
        }

        /** Waits with [action]. */
        inline fun <T> whileWaiting(action: () -> T): T {
            val thread = current.get() ?: return elsewhere(action)
            if (thread.isWaiting) return action()
            thread.isWaiting = true
            thread.tasks.beginWait(thread.isSpare)
            try {
                return action()
            } finally {
                thread.tasks.endWait(thread.isSpare)
                thread.isWaiting = false
            }
        }

        /** This thread runs no task of the library, but it may be one that such tasks wait for. */
        private inline fun <T> elsewhere(action: () -> T): T {
            val tasks = home.get()?.get()
            if (tasks == null) strangers.incrementAndGet() else tasks.beginWait(isSpare = false, isOwn = false)
            try {
                return action()
            } finally {
                if (tasks == null) strangers.decrementAndGet() else tasks.endWait(isSpare = false, isOwn = false)
            }
        }
    }
}
