package io.hypha.rpc.conformance.faults

import java.io.File
import java.io.IOException
import java.nio.file.Files

/** What this process holds at a moment: threads that are no common pool's, and sockets. */
internal class Baseline {
    private val threads = threads()
    private val sockets = sockets()

    /** The threads that have come since. */
    fun newThreads(): Set<Thread> = threads() - threads

    /** The sockets that have come since, with their addresses and states; empty where the system does not tell. */
    fun newSockets(): Set<String> = (sockets() - sockets).map { inode -> "socket $inode: ${tcp(inode)}" }.toSet()

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
            )

        fun threads(): Set<Thread> =
            Thread
                .getAllStackTraces()
                .keys
                .filter { thread -> thread.isAlive && Shared.none { it in thread.name } && thread.threadGroup?.name != "system" }
                .toSet()

        /** By their numbers, which Linux tells. */
        fun sockets(): Set<String> =
            File("/proc/self/fd")
                .listFiles()
                .orEmpty()
                .mapNotNull {
                    try {
                        Files
                            .readSymbolicLink(it.toPath())
                            .toString()
                            .substringAfter("socket:[", "")
                            .removeSuffix("]")
                            .ifEmpty { null }
                    } catch (_: IOException) {
                        null
                    }
                }.toSet()

        /** The line of the system about a socket: the addresses and the state, in hexadecimal digits. */
        fun tcp(inode: String): String? =
            listOf("/proc/net/tcp6", "/proc/net/tcp").map(::File).filter { it.exists() }.firstNotNullOfOrNull { table ->
                table.readLines().firstOrNull { " $inode " in it }?.trim()
            }
    }
}
