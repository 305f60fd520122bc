package io.hypha.rpc.conformance.faults

import java.io.File
import java.io.IOException
import java.nio.file.Files

/** What this process holds at a moment: threads that are no common pool's, and sockets. */
internal class Baseline {
    private val threads = threads()
    val sockets: Int? = sockets()

    /** The threads that have come since. */
    fun newThreads(): Set<Thread> = threads() - threads

    /** How many sockets have come since; null where the system does not tell. */
    fun newSockets(): Int? = sockets?.let { before -> sockets()?.minus(before) }

    private companion object {
        /** Pools that are one for the whole process, and shrink by themselves. */
        val Shared =
            listOf(
                "DefaultDispatcher",
                "kotlinx.coroutines",
                "Common-Cleaner",
                "ForkJoinPool.commonPool",
                "OkHttp TaskRunner",
                "Okio Watchdog",
                "globalEventExecutor",
                "process reaper",
                // Of the JDK's own HTTP clients, which end when they are collected, and not when they are closed.
                "SelectorManager",
            )

        fun threads(): Set<Thread> =
            Thread
                .getAllStackTraces()
                .keys
                .filter { thread -> thread.isAlive && Shared.none { it in thread.name } && thread.threadGroup?.name != "system" }
                .toSet()

        fun sockets(): Int? =
            File("/proc/self/fd").listFiles()?.count {
                try {
                    Files.readSymbolicLink(it.toPath()).toString().startsWith("socket:")
                } catch (_: IOException) {
                    false
                }
            }
    }
}
