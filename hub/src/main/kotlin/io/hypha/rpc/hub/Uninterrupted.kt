package io.hypha.rpc.hub

import java.util.concurrent.ExecutionException
import java.util.concurrent.FutureTask

/**
 * Runs [action] on a thread of its own, and waits for it to the end although this thread may be interrupted, which it stays: half of a hub
 * must neither be started nor stopped.
 */
internal fun <T> uninterrupted(
    name: String,
    action: () -> T,
): T {
    val task = FutureTask(action)
    val thread = Thread(task, name).apply { start() }
    var wasInterrupted = false
    try {
        while (true) {
            try {
                // And not only for the task: its thread is to be gone as well.
                thread.join()
                return task.get()
            } catch (_: InterruptedException) {
                wasInterrupted = true
            } catch (e: ExecutionException) {
                throw e.cause ?: e
            }
        }
    } finally {
        if (wasInterrupted) Thread.currentThread().interrupt()
    }
}
