package io.hypha.rpc.hub

import io.kotest.core.extensions.SpecExtension
import io.kotest.core.spec.Spec
import kotlin.concurrent.thread

/**
 * Gives a name to a hang. Kotest's own limit is for single tests, and does not end code that blocks; what hangs before the first test
 * of a class, or after the last one, would hold up the build without saying where.
 */
internal class SpecWatch : SpecExtension {
    override suspend fun intercept(
        spec: Spec,
        execute: suspend (Spec) -> Unit,
    ) {
        val watcher = thread(isDaemon = true, name = "watch-${spec::class.simpleName}") { watch(spec::class.qualifiedName.orEmpty()) }
        try {
            execute(spec)
        } finally {
            watcher.interrupt()
        }
    }

    private fun watch(spec: String) {
        try {
            Thread.sleep(LIMIT_MILLIS)
        } catch (_: InterruptedException) {
            return
        }
        System.err.println("$spec hangs. What all threads are doing:")
        for ((thread, stack) in Thread.getAllStackTraces()) {
            System.err.println("\n$thread\n" + stack.joinToString("\n") { "    at $it" })
        }
        Runtime.getRuntime().halt(EXIT_CODE)
    }

    private companion object {
        const val LIMIT_MILLIS = 180_000L
        const val EXIT_CODE = 70
    }
}
