package io.hypha.rpc.jvm

import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/**
 * Runs the calls of one blocking callback one at a time, in the order of their arrival: whoever writes a callback in Java does not expect
 * it to run twice at once. While one of them waits for a call of its own the next one may run, or they could wait for each other for ever.
 */
internal class Turn {
    private val mutex = Mutex()

    /** Runs [action] on a thread that may block, when all that came before are done or wait. */
    suspend fun <T> take(action: () -> T): T =
        mutex.withLock {
            JavaExecution.current().run {
                current.set(this)
                try {
                    action()
                } finally {
                    current.remove()
                }
            }
        }

    /** Suspends until all that came before are done or wait. */
    suspend fun awaitEarlier() {
        mutex.withLock {}
    }

    /** Whoever waited in its turn continues in it, also when its thread was interrupted meanwhile. */
    private fun takeBack() {
        var wasInterrupted = Thread.interrupted()
        while (true) {
            try {
                runBlocking { mutex.lock() }
                break
            } catch (_: InterruptedException) {
                wasInterrupted = true
            }
        }
        if (wasInterrupted) Thread.currentThread().interrupt()
    }

    companion object {
        /** The turn that the thread is in. */
        private val current = ThreadLocal<Turn>()

        /** Lets others have the turn of this thread, if it is in one, while [action] waits. */
        fun <T> whileAway(action: () -> T): T {
            val turn = current.get() ?: return action()
            turn.mutex.unlock()
            try {
                return action()
            } finally {
                turn.takeBack()
            }
        }
    }
}
